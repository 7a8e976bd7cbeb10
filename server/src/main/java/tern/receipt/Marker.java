// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import tern.id.ConversationId;
import tern.id.UserId;

/// How far a member has come; only grows.
///
/// @param delivered up to which sequence messages have reached a device of theirs
/// @param read up to which sequence they have read
/// @param unread how many are left, capped at 1,000
public record Marker(
    ConversationId conversation, UserId user, long delivered, long read, int unread) {}
