// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.Entry;
import tern.loadtest.history.Forward;
import tern.loadtest.history.Press;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Wish;
import tern.v1.Accepted;
import tern.v1.Acknowledge;
import tern.v1.ButtonPressed;
import tern.v1.CatchUp;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.ConversationOpened;
import tern.v1.CreateGroup;
import tern.v1.Error;
import tern.v1.Forwarded;
import tern.v1.HistoryPage;
import tern.v1.InboxEntry;
import tern.v1.InboxList;
import tern.v1.InboxPage;
import tern.v1.InvitationChanged;
import tern.v1.ListInbox;
import tern.v1.ListPinned;
import tern.v1.MarkRead;
import tern.v1.MarkedRead;
import tern.v1.Member;
import tern.v1.MessageChanged;
import tern.v1.People;
import tern.v1.Profiles;
import tern.v1.ReadHistory;
import tern.v1.ReadProfiles;
import tern.v1.Receipt;
import tern.v1.RelationChanged;
import tern.v1.SendMessage;

/// A moment in a session: makes what crossed the socket then into the history's records.
record Moment(long at, int session) {
  Seen sent(SendMessage message) {
    return new Seen.Sent(
        at,
        session,
        message.getConversationId(),
        message.getClientMessageId(),
        Records.text(message.getContent()),
        Records.headers(message),
        message.getCountable());
  }

  Seen asked(int request, CatchUp asked) {
    return new Seen.CatchUpAsked(
        at,
        session,
        request,
        asked.getConversationId(),
        asked.getPosition().getEpoch(),
        asked.hasPosition() ? asked.getPosition().getRevision() : -1);
  }

  Seen asked(int request, Wish wish) {
    return new Seen.ChangeAsked(at, session, request, wish);
  }

  Seen changed(int request, Wish wish, MessageChanged changed) {
    return new Seen.Changed(
        at, session, request, wish, changed.getRevision(), Records.item(changed.getMessage()));
  }

  Seen asked(int request, Ruling ruling) {
    return new Seen.RulingAsked(at, session, request, ruling);
  }

  Seen ruled(int request, Ruling ruling, long revision, List<Settings> settings) {
    return new Seen.Ruled(at, session, request, ruling, revision, settings);
  }

  Seen refused(int request, Error error, Ruling ruling) {
    return new Seen.RulingRefused(at, session, request, ruling, code(error));
  }

  Seen invited(int request, Ruling ruling, InvitationChanged told) {
    return new Seen.Invited(
        at,
        session,
        request,
        ruling,
        told.getInvitation().getInvitationId(),
        told.getToken().isEmpty() ? "" : Entry.hash(told.getToken()));
  }

  Seen asked(int request, Entry entry) {
    return new Seen.JoinAsked(at, session, request, entry);
  }

  Seen joined(int request, Entry entry, ConversationOpened opened) {
    return new Seen.Joined(
        at,
        session,
        request,
        entry,
        opened.getConversation().getConversationId(),
        opened.getRevision());
  }

  Seen refused(int request, Error error, Entry entry) {
    return new Seen.JoinRefused(at, session, request, entry, code(error));
  }

  Seen asked(int request, Relation.Wish wish) {
    return new Seen.RelationAsked(at, session, request, wish);
  }

  Seen refused(int request, Error error, Relation.Wish wish) {
    return new Seen.RelationRefused(at, session, request, wish, code(error));
  }

  Seen related(int request, String user, RelationChanged told) {
    return new Seen.Related(at, session, request, Relations.relation(told, user, at));
  }

  Seen listed(Relation.Kind kind, People told) {
    return new Seen.RelationsListed(
        at, session, kind, told.getPeopleList().stream().map(tern.v1.Person::getUserId).toList());
  }

  Seen profileAsked(int request, Map<String, String> parts) {
    return new Seen.ProfileAsked(at, session, request, parts);
  }

  Seen profiles(int request, ReadProfiles asked, Profiles told) {
    return new Seen.ProfilesShown(
        at, session, request, List.copyOf(asked.getUserIdsList()), Relations.profiles(told, at));
  }

  static String code(Error error) {
    return error.getCode().name().substring("ERROR_CODE_".length());
  }

  Seen foundingAsked(int request, CreateGroup asked) {
    return new Seen.FoundingAsked(at, session, request, List.copyOf(asked.getUserIdsList()));
  }

  Seen founded(int request) {
    return new Seen.Founded(at, session, request);
  }

  Seen foundingRefused(int request, Error error) {
    return new Seen.FoundingRefused(at, session, request, code(error));
  }

  Seen asked(int request, Forward forward) {
    return new Seen.ForwardAsked(at, session, request, forward);
  }

  Seen forwarded(int request, Forward forward, Forwarded answer) {
    return new Seen.Forwarded(at, session, request, forward, Shares.outcomes(answer));
  }

  Seen refused(int request, Error error, Forward forward) {
    return new Seen.ForwardRefused(at, session, request, forward, code(error));
  }

  Seen asked(int request, Press press) {
    return new Seen.PressAsked(at, session, request, press);
  }

  Seen pressed(int request, Press asked, ButtonPressed told) {
    return new Seen.Pressed(at, session, request, asked, Shares.press(told), told.getDuplicate());
  }

  Seen told(ButtonPressed told) {
    return new Seen.PressTold(at, session, Shares.press(told));
  }

  Seen refused(int request, Error error, Press press) {
    return new Seen.PressRefused(at, session, request, press, code(error));
  }

  Seen historyAsked(int request, String conversation) {
    return new Seen.HistoryAsked(at, session, request, conversation);
  }

  Seen asked(MarkRead asked) {
    return new Seen.MarkReadAsked(at, session, asked.getConversationId(), asked.getSequence());
  }

  Seen acknowledged(Acknowledge told) {
    return new Seen.Acknowledged(at, session, told.getConversationId(), told.getSequence());
  }

  Seen accepted(Accepted accepted) {
    return new Seen.Accepted(
        at,
        session,
        accepted.getConversationId(),
        accepted.getClientMessageId(),
        accepted.getSequence(),
        accepted.getRevision(),
        accepted.getDuplicate());
  }

  Seen page(int request, CatchUpPage page) {
    return new Seen.CatchUpPage(
        at,
        session,
        request,
        Records.step(page.getChanges()),
        reset(page),
        page.getLive(),
        page.getHasBefore(),
        Records.markers(page.getMarkersList()));
  }

  /// The name of the reason for a reset; empty if the page is none.
  static String reset(CatchUpPage page) {
    return page.hasReset() ? page.getReset().getReason().name().substring("REASON_".length()) : "";
  }

  Seen history(int request, HistoryPage page, ClientFrame asked) {
    if (asked.hasListPinned()) {
      ListPinned pinned = asked.getListPinned();
      return history(request, page, "pinned", pinned.getBefore(), pinned.getLimit());
    }
    ReadHistory read = asked.getReadHistory();
    return history(
        request,
        page,
        read.getWhereCase().name().toLowerCase(Locale.ROOT),
        sequence(read),
        read.getLimit());
  }

  private static long sequence(ReadHistory asked) {
    return switch (asked.getWhereCase()) {
      case BEFORE -> asked.getBefore();
      case AFTER -> asked.getAfter();
      default -> asked.getAround();
    };
  }

  private Seen history(int request, HistoryPage page, String direction, long sequence, int limit) {
    return new Seen.HistoryRead(
        at,
        session,
        request,
        page.getConversationId(),
        direction,
        sequence,
        limit,
        Records.items(page.getMessagesList()),
        page.getHasBefore(),
        page.getHasAfter(),
        page.getRevision());
  }

  Seen inbox(List<InboxEntry> entries, int badge) {
    return new Seen.Inbox(at, session, Records.lines(entries), badge, false);
  }

  Seen inbox(InboxPage page, ClientFrame asked) {
    ListInbox list = asked.getListInbox();
    boolean isWhole =
        asked.hasListInbox() && !list.hasPage() && !list.hasSince() && page.getNextPage().isEmpty();
    return new Seen.Inbox(
        at,
        session,
        Records.lines(page.getEntriesList()),
        page.getBadge(),
        isWhole,
        list.getList() == InboxList.INBOX_LIST_ARCHIVED);
  }

  Seen asked(int request, Arrangement arrangement) {
    return new Seen.ArrangementAsked(at, session, request, arrangement);
  }

  Seen arranged(int request, Arrangement arrangement, List<InboxEntry> entries) {
    return new Seen.Arranged(at, session, request, arrangement, Records.lines(entries));
  }

  Seen marked(MarkedRead marked, MarkRead asked) {
    return new Seen.ReadMarked(
        at,
        session,
        marked.getConversationId(),
        asked.getSequence(),
        marked.getRead(),
        marked.getUnread());
  }

  Seen markers(Receipt receipt) {
    return new Seen.Markers(
        at, session, receipt.getConversationId(), Records.markers(receipt.getMarkersList()));
  }

  Seen members(String conversation, long revision, List<Member> members) {
    return new Seen.Members(at, session, conversation, revision, Records.members(members));
  }

  Seen refused(int request, Error error, Wish wish) {
    return new Seen.ChangeRefused(at, session, request, wish, code(error));
  }

  Seen refused(Error error, ClientFrame asked) {
    return new Seen.Refused(
        at,
        session,
        asked.getFrameCase().name(),
        conversation(asked),
        asked.getSendMessage().getClientMessageId(),
        code(error),
        error.getMessage());
  }

  private static String conversation(ClientFrame asked) {
    return switch (asked.getFrameCase()) {
      case SEND_MESSAGE -> asked.getSendMessage().getConversationId();
      case CATCH_UP -> asked.getCatchUp().getConversationId();
      case READ_HISTORY -> asked.getReadHistory().getConversationId();
      case MARK_READ -> asked.getMarkRead().getConversationId();
      case ACKNOWLEDGE -> asked.getAcknowledge().getConversationId();
      case SET_TYPING -> asked.getSetTyping().getConversationId();
      case READ_CONVERSATION -> asked.getReadConversation().getConversationId();
      case LIST_PINNED -> asked.getListPinned().getConversationId();
      default ->
          Records.wish(asked)
              .map(Wish::conversation)
              .or(() -> Rulings.of(asked, "").map(Ruling::conversation))
              .or(() -> Arrangements.of(asked).map(Arrangement::conversation))
              .or(() -> Shares.forward(asked).map(Forward::conversation))
              .or(() -> Shares.press(asked, "").map(Press::conversation))
              .orElseGet(() -> Watches.conversation(asked));
    };
  }
}
