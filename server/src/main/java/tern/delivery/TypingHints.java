// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import tern.conversation.MemberList;
import tern.conversation.MemberLists;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;
import tern.session.Session;

/// Passes on who is typing, in conversations of at most 100 members. Never stored; a lost one harms
/// nobody.
public final class TypingHints {
  private static final int MAX_MEMBERS = 100;

  private final MemberLists lists;
  private final Delivery delivery;

  /// Hands hints to these members' sessions.
  public TypingHints(MemberLists lists, Delivery delivery) {
    this.lists = lists;
    this.delivery = delivery;
  }

  /// Tells the other members' sessions; returns false, and tells nobody, when the typist is no
  /// member. May block on the store; for virtual threads. Releases the frame.
  public boolean tell(Session typist, ConversationId conversation, OutgoingFrame frame) {
    MemberList members = lists.current(conversation);
    if (!members.has(typist.user()) || members.size() > MAX_MEMBERS) {
      frame.release();
      return members.has(typist.user());
    }
    delivery.tell(members, session -> !session.user().equals(typist.user()), frame);
    return true;
  }
}
