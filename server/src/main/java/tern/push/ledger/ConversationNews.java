// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.util.List;
import java.util.Optional;
import tern.id.ConversationId;

/// Messages of one conversation, with what pushes want to know of it.
///
/// @param kindHasPushes whether conversations of its kind bring pushes
/// @param isDirect whether it is one of two people, who need no name for it
/// @param name a group's; empty: none
/// @param content what pushes about it may tell, where it has a rule of its own: see push_content
/// @param messages ascending
public record ConversationNews(
    ConversationId id,
    boolean kindHasPushes,
    boolean isDirect,
    String name,
    Optional<Integer> content,
    List<PushableMessage> messages) {
  /// Keeps its own copy.
  public ConversationNews {
    messages = List.copyOf(messages);
  }

  /// The same conversation with other messages.
  public ConversationNews with(List<PushableMessage> others) {
    return new ConversationNews(id, kindHasPushes, isDirect, name, content, others);
  }
}
