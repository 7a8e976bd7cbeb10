// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Seen;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.HistoryPage;
import tern.v1.InboxPage;
import tern.v1.ReadHistory;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// Writes down what one client does and is told, in order. Owned by the device's event loop until
/// the run is over; whoever wants to know of an answer gets it after it was written down.
final class Recorder implements DeviceListener {
  private final DeviceName name;
  private final boolean outsider;
  private final RunClock clock;
  private final Tally tally;
  private final List<Seen> log = new ArrayList<>();
  private Consumer<Seen> answers = _ -> {};
  private int session;

  Recorder(DeviceName name, boolean outsider, RunClock clock, Tally tally) {
    this.name = name;
    this.outsider = outsider;
    this.clock = clock;
    this.tally = tally;
  }

  void onAnswer(Consumer<Seen> listener) {
    answers = listener;
  }

  /// From here on nothing changes any more.
  void quiet() {
    log.add(new Seen.Quiet(clock.now(), session));
  }

  ClientLog log() {
    return new ClientLog(name.toString(), name.user(), outsider, List.copyOf(log));
  }

  @Override
  public void sent(ClientFrame frame) {
    long now = clock.now();
    switch (frame.getFrameCase()) {
      case SEND_MESSAGE -> {
        SendMessage message = frame.getSendMessage();
        tally.sent(message.getClientMessageId());
        log.add(
            new Seen.Sent(
                now,
                session,
                message.getConversationId(),
                message.getClientMessageId(),
                Records.text(message.getContent()),
                message.getCountable()));
      }
      case CATCH_UP -> {
        CatchUp asked = frame.getCatchUp();
        log.add(
            new Seen.CatchUpAsked(
                now,
                session,
                frame.getId(),
                asked.getConversationId(),
                asked.getPosition().getEpoch(),
                asked.hasPosition() ? asked.getPosition().getRevision() : -1));
      }
      case MARK_READ ->
          log.add(
              new Seen.MarkReadAsked(
                  now,
                  session,
                  frame.getMarkRead().getConversationId(),
                  frame.getMarkRead().getSequence()));
      case ACKNOWLEDGE ->
          log.add(
              new Seen.Acknowledged(
                  now,
                  session,
                  frame.getAcknowledge().getConversationId(),
                  frame.getAcknowledge().getSequence()));
      default -> {}
    }
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    int before = log.size();
    if (frame.hasWelcome()) {
      session++;
      log.add(new Seen.Opened(clock.now(), session, frame.getWelcome().getEpoch()));
      record(frame.getWelcome().getInbox(), false);
    } else {
      record(frame, asked.orElse(ClientFrame.getDefaultInstance()));
    }
    for (int i = before; i < log.size(); i++) {
      answers.accept(log.get(i));
    }
  }

  @Override
  public void closed(int code) {
    tally.closed(code);
    log.add(new Seen.Closed(clock.now(), session, code));
  }

  private void record(ServerFrame frame, ClientFrame asked) {
    long now = clock.now();
    switch (frame.getFrameCase()) {
      case ACCEPTED -> {
        var accepted = frame.getAccepted();
        tally.accepted(accepted.getDuplicate());
        log.add(
            new Seen.Accepted(
                now,
                session,
                accepted.getConversationId(),
                accepted.getClientMessageId(),
                accepted.getSequence(),
                accepted.getRevision(),
                accepted.getDuplicate()));
      }
      case ENVELOPE -> {
        tally.live();
        log.add(new Seen.Live(now, session, Records.step(frame.getEnvelope().getChanges())));
      }
      case CATCH_UP_PAGE -> {
        var page = frame.getCatchUpPage();
        tally.page(page);
        log.add(
            new Seen.CatchUpPage(
                now,
                session,
                frame.getId(),
                Records.step(page.getChanges()),
                page.hasReset()
                    ? page.getReset().getReason().name().substring("REASON_".length())
                    : "",
                page.getLive(),
                page.getHasBefore(),
                Records.markers(page.getMarkersList())));
      }
      case HISTORY_PAGE -> record(frame.getHistoryPage(), asked.getReadHistory());
      case ERROR -> recordRefusal(frame, asked);
      default -> recordState(frame, asked);
    }
  }

  private void recordState(ServerFrame frame, ClientFrame asked) {
    long now = clock.now();
    switch (frame.getFrameCase()) {
      case INBOX_UPDATE ->
          log.add(
              new Seen.Inbox(
                  now,
                  session,
                  Records.lines(frame.getInboxUpdate().getEntriesList()),
                  frame.getInboxUpdate().getBadge(),
                  false));
      case INBOX_PAGE -> record(frame.getInboxPage(), isFirstPage(asked));
      case MARKED_READ -> {
        var marked = frame.getMarkedRead();
        log.add(
            new Seen.ReadMarked(
                now,
                session,
                marked.getConversationId(),
                asked.getMarkRead().getSequence(),
                marked.getRead(),
                marked.getUnread()));
      }
      case RECEIPT -> {
        var receipt = frame.getReceipt();
        log.add(
            new Seen.Markers(
                now,
                session,
                receipt.getConversationId(),
                Records.markers(receipt.getMarkersList())));
      }
      case TYPING -> {
        var typing = frame.getTyping();
        log.add(new Seen.Typed(now, session, typing.getConversationId(), typing.getUserId()));
      }
      case MEMBERS_CHANGED -> {
        var changed = frame.getMembersChanged();
        tally.members(changed);
        log.add(
            new Seen.Members(
                now,
                session,
                changed.getConversationId(),
                changed.getRevision(),
                Records.members(changed.getMembersList())));
      }
      case CONVERSATION_OPENED -> {
        var opened = frame.getConversationOpened();
        log.add(
            new Seen.Members(
                now,
                session,
                opened.getConversation().getConversationId(),
                opened.getRevision(),
                Records.members(opened.getMembersList())));
      }
      default -> {}
    }
  }

  private static boolean isFirstPage(ClientFrame asked) {
    return asked.hasListInbox()
        && !asked.getListInbox().hasPage()
        && !asked.getListInbox().hasSince();
  }

  private void record(InboxPage page, boolean first) {
    log.add(
        new Seen.Inbox(
            clock.now(),
            session,
            Records.lines(page.getEntriesList()),
            page.getBadge(),
            first && page.getNextPage().isEmpty()));
  }

  private void record(HistoryPage page, ReadHistory asked) {
    long sequence =
        switch (asked.getWhereCase()) {
          case BEFORE -> asked.getBefore();
          case AFTER -> asked.getAfter();
          default -> asked.getAround();
        };
    log.add(
        new Seen.HistoryRead(
            clock.now(),
            session,
            page.getConversationId(),
            asked.getWhereCase().name().toLowerCase(Locale.ROOT),
            sequence,
            asked.getLimit(),
            Records.items(page.getMessagesList()),
            page.getHasBefore(),
            page.getHasAfter(),
            page.getRevision()));
  }

  private void recordRefusal(ServerFrame frame, ClientFrame asked) {
    String code = frame.getError().getCode().name().substring("ERROR_CODE_".length());
    tally.refused(code);
    log.add(
        new Seen.Refused(
            clock.now(),
            session,
            asked.getFrameCase().name(),
            conversation(asked),
            asked.getSendMessage().getClientMessageId(),
            code,
            frame.getError().getMessage()));
  }

  private static String conversation(ClientFrame asked) {
    return switch (asked.getFrameCase()) {
      case SEND_MESSAGE -> asked.getSendMessage().getConversationId();
      case CATCH_UP -> asked.getCatchUp().getConversationId();
      case READ_HISTORY -> asked.getReadHistory().getConversationId();
      case MARK_READ -> asked.getMarkRead().getConversationId();
      case ACKNOWLEDGE -> asked.getAcknowledge().getConversationId();
      case SET_TYPING -> asked.getSetTyping().getConversationId();
      case ADD_MEMBERS -> asked.getAddMembers().getConversationId();
      case REMOVE_MEMBERS -> asked.getRemoveMembers().getConversationId();
      case LEAVE_CONVERSATION -> asked.getLeaveConversation().getConversationId();
      case READ_CONVERSATION -> asked.getReadConversation().getConversationId();
      default -> "";
    };
  }
}
