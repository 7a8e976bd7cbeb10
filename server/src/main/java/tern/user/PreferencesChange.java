// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.util.Optional;
import tern.id.PushLevel;
import tern.id.QuietHours;

/// What a user chooses anew; what is empty stays as it is.
///
/// @param setsQuietHours whether `quietHours` take the place of what was, which empty ones end
public record PreferencesChange(
    Optional<PresenceVisibility> presenceVisibility,
    Optional<Boolean> invisible,
    Optional<PushLevel> pushLevel,
    boolean setsQuietHours,
    Optional<QuietHours> quietHours,
    Optional<Boolean> mentionsPass,
    Optional<Boolean> urgentPasses) {}
