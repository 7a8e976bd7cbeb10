// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import tern.id.UserId;

/// A member whom a message concerns, with what they have said about pushes.
///
/// @param blocksSender whether they block whoever sent it
/// @param mutesSender whether they have muted whoever sent it
/// @param hasRead whether their read marker has reached it
public record Recipient(
    UserId user,
    boolean blocksSender,
    boolean mutesSender,
    boolean hasRead,
    PushPreference preference) {}
