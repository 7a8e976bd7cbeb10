// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import tern.id.ConversationId;
import tern.id.UserId;

/// A message that has just been committed, or whose pushes nobody is known to have decided.
///
/// @param revision that it took
public record CommittedMessage(
    ConversationId conversation, long sequence, long revision, UserId sender) {}
