// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Instant;
import tern.id.UserId;

/// What of a message matters to whether it is pushed; nothing of what it says.
///
/// @param kindHasPushes whether conversations such as its own bring pushes at all
/// @param isSilent whether its sender wants no push, or it is a system message
/// @param mentions whether the recipient is mentioned, by name or with everybody
public record PushMessage(
    boolean kindHasPushes,
    UserId sender,
    boolean isSilent,
    boolean isUrgent,
    boolean mentions,
    Instant committedAt) {}
