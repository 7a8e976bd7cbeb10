// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.util.Map;
import tern.id.ConversationId;

/// What a user has not read.
///
/// @param badge messages of their main list, those of each conversation capped at 1,000
/// @param conversations messages of each conversation that was asked for and has such, capped
///     likewise
public record Unread(long badge, Map<ConversationId, Integer> conversations) {}
