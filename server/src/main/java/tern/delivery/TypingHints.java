// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiFunction;
import tern.conversation.MemberList;
import tern.conversation.MemberLists;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.TokenBuckets;

/// Passes on who is typing, in conversations of at most 100 members, as often as people do and no
/// more. Never stored; a lost one harms nobody, so sessions that are slow to take more get none.
public final class TypingHints {
  private static final int MAX_MEMBERS = 100;
  private static final int PER_SECOND = 2;
  private static final int BURST = 10;

  private final MemberLists lists;
  private final Delivery delivery;
  private final BiFunction<UserId, Collection<UserId>, Set<UserId>> deaf;
  private final Clock clock;
  private final TokenBuckets typists = new TokenBuckets(PER_SECOND, BURST);

  /// Hands hints to these members' sessions.
  ///
  /// @param deaf tells who of some users is not to hear from a typist
  /// @param clock tells whether a mute has ended
  public TypingHints(
      MemberLists lists,
      Delivery delivery,
      BiFunction<UserId, Collection<UserId>, Set<UserId>> deaf,
      Clock clock) {
    this.lists = lists;
    this.delivery = delivery;
    this.deaf = deaf;
    this.clock = clock;
  }

  /// Tells the other members' sessions, unless the typist may not post: is muted, or of too low a
  /// role, or the conversation is frozen. Returns false, and tells nobody, when the typist is no
  /// member. May block on the store; for virtual threads. Releases the frame.
  public boolean tell(Session typist, ConversationId conversation, OutgoingFrame frame) {
    MemberList members = lists.currentFor(conversation, typist.user());
    boolean isMember = members.has(typist.user());
    boolean isHeard =
        isMember
            && members.size() <= MAX_MEMBERS
            && lists.mayPost(conversation, members, typist.user(), clock.instant())
            && typists.tryTake(typist.user().value()).isZero();
    if (!isHeard) {
      frame.release();
      return isMember;
    }
    Set<UserId> unaware = deaf.apply(typist.user(), members.joined().keySet());
    delivery.hint(
        members,
        session -> !session.user().equals(typist.user()) && !unaware.contains(session.user()),
        frame);
    return true;
  }
}
