// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import tern.id.ConversationId;
import tern.id.UserId;

/// A change whose announcement is done.
///
/// @param by who made it
/// @param revision that it took
/// @param sequence of the new message; 0 where the change was no message
public record Announced(ConversationId conversation, UserId by, long revision, long sequence) {}
