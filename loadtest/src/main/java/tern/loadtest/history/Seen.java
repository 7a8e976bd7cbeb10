// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;
import java.util.Map;

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
      Headers headers,
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

  /// A change of a conversation or of its members was asked for.
  record RulingAsked(long at, int session, int request, Ruling ruling) implements Seen {}

  /// Such a change was answered: with the revision that it took, 0 for none, and of settings with
  /// their state after it.
  record Ruled(
      long at, int session, int request, Ruling ruling, long revision, List<Settings> settings)
      implements Seen {}

  /// Such a change was refused; beside the plain `Refused`.
  record RulingRefused(long at, int session, int request, Ruling ruling, String code)
      implements Seen {}

  /// An invitation was made, or ended: then nothing is told of its token.
  record Invited(long at, int session, int request, Ruling ruling, String id, String tokenHash)
      implements Seen {}

  /// A group was to be joined.
  record JoinAsked(long at, int session, int request, Entry entry) implements Seen {}

  /// It was joined, now or before, and stood at this revision.
  record Joined(long at, int session, int request, Entry entry, String conversation, long revision)
      implements Seen {}

  /// It was not joined.
  record JoinRefused(long at, int session, int request, Entry entry, String code) implements Seen {}

  /// Something was to be said of another user.
  record RelationAsked(long at, int session, int request, Relation.Wish wish) implements Seen {}

  /// It was not said.
  record RelationRefused(long at, int session, int request, Relation.Wish wish, String code)
      implements Seen {}

  /// This is what stands now; in answer to a request, or as news (0).
  record Related(long at, int session, int request, Relation relation) implements Seen {}

  /// All of whom it is said.
  record RelationsListed(long at, int session, Relation.Kind kind, List<String> others)
      implements Seen {}

  /// One's own profile was to change, in these parts.
  record ProfileAsked(long at, int session, int request, Map<String, String> parts)
      implements Seen {}

  /// These profiles were shown, of those that were asked for; of one's own after a change of it,
  /// and as news (0), nobody was asked for.
  record ProfilesShown(
      long at, int session, int request, List<String> asked, List<ProfileSeen> profiles)
      implements Seen {}

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

  /// Lines of the conversation list; `whole` when this is all of the list in one page. The archive
  /// is a list of its own.
  record Inbox(
      long at, int session, List<InboxLine> lines, int badge, boolean whole, boolean archive)
      implements Seen {
    /// Lines of the main list.
    public Inbox(long at, int session, List<InboxLine> lines, int badge, boolean whole) {
      this(at, session, lines, badge, whole, false);
    }
  }

  /// A group of oneself and these was to be founded.
  record FoundingAsked(long at, int session, int request, List<String> guests) implements Seen {}

  /// It was founded.
  record Founded(long at, int session, int request) implements Seen {}

  /// It was not.
  record FoundingRefused(long at, int session, int request, String code) implements Seen {}

  /// A message was to be forwarded.
  record ForwardAsked(long at, int session, int request, Forward forward) implements Seen {}

  /// It was forwarded, or not, to each of the targets.
  record Forwarded(
      long at, int session, int request, Forward forward, List<Forward.Outcome> outcomes)
      implements Seen {}

  /// It was forwarded nowhere.
  record ForwardRefused(long at, int session, int request, Forward forward, String code)
      implements Seen {}

  /// A button was to be pressed.
  record PressAsked(long at, int session, int request, Press press) implements Seen {}

  /// A press was answered, with the press as it is kept.
  record Pressed(long at, int session, int request, Press asked, Press press, boolean duplicate)
      implements Seen {}

  /// A press was refused.
  record PressRefused(long at, int session, int request, Press press, String code)
      implements Seen {}

  /// The device was told of a press.
  record PressTold(long at, int session, Press press) implements Seen {}

  /// Something was to be arranged for oneself.
  record ArrangementAsked(long at, int session, int request, Arrangement arrangement)
      implements Seen {}

  /// It was arranged, and this is how the conversation's line looks now; none for what the answer
  /// does not show.
  record Arranged(long at, int session, int request, Arrangement arrangement, List<InboxLine> lines)
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

  /// A conversation was to be watched; the revision is -1 when no position was given.
  record WatchAsked(
      long at, int session, int request, String conversation, String epoch, long revision)
      implements Seen {}

  /// It is watched from now on: from the position asked for, or from the page that comes next.
  record WatchBegun(long at, int session, int request, String conversation, boolean pageFollows)
      implements Seen {}

  /// It may not be watched, or not now; beside the plain `Refused`.
  record WatchRefused(long at, int session, int request, String conversation, String code)
      implements Seen {}

  /// It was to be watched no more.
  record UnwatchAsked(long at, int session, int request, String conversation) implements Seen {}

  /// It is watched no more; in answer to a request, or as news (0).
  record Unwatched(long at, int session, int request, String conversation) implements Seen {}

  /// A live step of what is watched.
  record Watched(long at, int session, Step step) implements Seen {
    /// What a member would have seen.
    public Live live() {
      return new Live(at, session, step);
    }
  }

  /// A page of what is watched; `reset` is empty or the reason's name.
  record WatchedPage(long at, int session, Step step, String reset, boolean hasBefore)
      implements Seen {
    /// What a member would have been shown by a catch-up.
    public CatchUpPage page() {
      return new CatchUpPage(at, session, 0, step, reset, true, hasBefore, List.of());
    }
  }

  /// Who may watch a conversation was to change.
  record ListingAsked(
      long at,
      int session,
      int request,
      String conversation,
      List<String> added,
      List<String> removed)
      implements Seen {}

  /// It has been changed.
  record Listed(long at, int session, int request, String conversation) implements Seen {}

  /// Memberships that this client changed, or all of a conversation that it opened or asked for.
  record Members(long at, int session, String conversation, long revision, List<MemberSeen> members)
      implements Seen {}

  /// Somebody types in a conversation.
  record Typed(long at, int session, String conversation, String user) implements Seen {}
}
