// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.util.Optional;
import tern.id.PushLevel;
import tern.id.QuietHours;

/// What a user has chosen.
///
/// @param invisible whether they look away to all others just now
/// @param pushLevel about which messages they want pushes, where they say nothing else of a
///     conversation
/// @param quietHours when pushes are to wait; empty: never
/// @param mentionsPass whether a mention passes mutes and quiet hours
/// @param urgentPasses whether an urgent message passes both, and [PushLevel#MENTIONS]
public record Preferences(
    PresenceVisibility presenceVisibility,
    boolean invisible,
    PushLevel pushLevel,
    Optional<QuietHours> quietHours,
    boolean mentionsPass,
    boolean urgentPasses) {
  /// Of whoever has chosen nothing.
  public static final Preferences DEFAULT =
      new Preferences(
          PresenceVisibility.EVERYBODY, false, PushLevel.ALL, Optional.empty(), true, true);
}
