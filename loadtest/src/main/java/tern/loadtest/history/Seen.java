// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// One thing that a client did or was told, at a time in nanoseconds since the run began. Sessions
/// of a client count from 1.
public sealed interface Seen {
  /// Nanoseconds since the run began.
  long at();

  /// The client's session in which it was seen.
  int session();

  /// Welcome came.
  record Opened(long at, int session, String epoch) implements Seen {}

  /// The socket is gone.
  record Closed(long at, int session, int code) implements Seen {}

  /// The last look begins: nothing changes any more, what follows is the state that stays.
  record Quiet(long at, int session) implements Seen {}

  /// A message leaves; not the first time if it is a repeat.
  record Sent(
      long at,
      int session,
      String conversation,
      String clientMessageId,
      String text,
      boolean countable)
      implements Seen {}

  /// A message was accepted.
  record Accepted(
      long at,
      int session,
      String conversation,
      String clientMessageId,
      long sequence,
      long revision,
      boolean duplicate)
      implements Seen {}

  /// A request was refused; `clientMessageId` is empty unless it was a message.
  record Refused(
      long at,
      int session,
      String request,
      String conversation,
      String clientMessageId,
      String code,
      String message)
      implements Seen {}

  /// A change of a message was asked for.
  record ChangeAsked(long at, int session, int request, Wish wish) implements Seen {}

  /// A change was answered, with the revision that it took, 0 for none, and the message after it.
  record Changed(long at, int session, int request, Wish wish, long revision, Item message)
      implements Seen {}

  /// A change was refused; beside the plain `Refused`.
  record ChangeRefused(long at, int session, int request, Wish wish, String code) implements Seen {}

  /// A live step.
  record Live(long at, int session, Step step) implements Seen {}

  /// A catch-up was asked for; the revision is -1 when no position was given.
  record CatchUpAsked(
      long at, int session, int request, String conversation, String epoch, long revision)
      implements Seen {}

  /// A page of catch-up; `reset` is empty or the reason's name.
  record CatchUpPage(
      long at,
      int session,
      int request,
      Step step,
      String reset,
      boolean live,
      boolean hasBefore,
      List<MarkerSeen> markers)
      implements Seen {}

  /// A page of history, or of pins, was asked for.
  record HistoryAsked(long at, int session, int request, String conversation) implements Seen {}

  /// A page of history, and what was asked: `direction` is before, after, around or pinned.
  record HistoryRead(
      long at,
      int session,
      int request,
      String conversation,
      String direction,
      long sequence,
      int limit,
      List<Item> messages,
      boolean hasBefore,
      boolean hasAfter,
      long revision)
      implements Seen {}

  /// Lines of the conversation list; `whole` when this is all of the list in one page.
  record Inbox(long at, int session, List<InboxLine> lines, int badge, boolean whole)
      implements Seen {}

  /// A read marker was to be moved.
  record MarkReadAsked(long at, int session, String conversation, long sequence) implements Seen {}

  /// A read marker was moved.
  record ReadMarked(long at, int session, String conversation, long asked, long read, int unread)
      implements Seen {}

  /// The device told where it stands.
  record Acknowledged(long at, int session, String conversation, long sequence) implements Seen {}

  /// Markers of a conversation's members.
  record Markers(long at, int session, String conversation, List<MarkerSeen> markers)
      implements Seen {}

  /// Memberships that this client changed, or all of a conversation that it opened or asked for.
  record Members(long at, int session, String conversation, long revision, List<MemberSeen> members)
      implements Seen {}

  /// Somebody types in a conversation.
  record Typed(long at, int session, String conversation, String user) implements Seen {}
}
