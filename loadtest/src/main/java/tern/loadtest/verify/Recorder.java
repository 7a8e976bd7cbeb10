// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Entry;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;
import tern.v1.ClientFrame;
import tern.v1.ConversationOpened;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.InboxPage;
import tern.v1.InboxUpdate;
import tern.v1.MembersChanged;
import tern.v1.ServerFrame;
import tern.v1.Typing;

/// Writes down what one client does and is told, in order. Owned by the device's event loop until
/// the run is over; whoever wants to know of an answer gets it after it was written down.
final class Recorder implements DeviceListener {
  private final DeviceName name;
  private final Attendance attendance;
  private final RunClock clock;
  private final Tally tally;
  private final List<Seen> log = new ArrayList<>();
  private Consumer<Seen> answers = _ -> {};
  private Consumer<Seen> memory = _ -> {};
  private Consumer<ServerFrame> frames = _ -> {};
  private int session;

  Recorder(DeviceName name, Attendance attendance, RunClock clock, Tally tally) {
    this.name = name;
    this.attendance = attendance;
    this.clock = clock;
    this.tally = tally;
  }

  void onAnswer(Consumer<Seen> listener) {
    answers = listener;
  }

  /// Tells one more listener of all that comes, for the whole run.
  void onSeen(Consumer<Seen> listener) {
    memory = listener;
  }

  /// Tells of all that comes as it came, for what does not stand in a history.
  void onFrame(Consumer<ServerFrame> listener) {
    frames = listener;
  }

  /// From here on nothing changes any more.
  void quiet() {
    log.add(new Seen.Quiet(clock.now(), session));
  }

  ClientLog log() {
    return new ClientLog(
        name.toString(), name.user(), attendance.outsider(), attendance.grants(), List.copyOf(log));
  }

  @Override
  public void sent(ClientFrame frame) {
    Moment now = new Moment(clock.now(), session);
    switch (frame.getFrameCase()) {
      case SEND_MESSAGE -> {
        tally.sent(frame.getSendMessage());
        log.add(now.sent(frame.getSendMessage()));
      }
      case CATCH_UP -> log.add(now.asked(frame.getId(), frame.getCatchUp()));
      case MARK_READ -> log.add(now.asked(frame.getMarkRead()));
      case ACKNOWLEDGE -> log.add(now.acknowledged(frame.getAcknowledge()));
      case READ_HISTORY ->
          log.add(now.historyAsked(frame.getId(), frame.getReadHistory().getConversationId()));
      case LIST_PINNED ->
          log.add(now.historyAsked(frame.getId(), frame.getListPinned().getConversationId()));
      case CREATE_GROUP -> log.add(now.foundingAsked(frame.getId(), frame.getCreateGroup()));
      default -> {
        Records.wish(frame)
            .ifPresent(
                wish -> {
                  tally.wished(wish);
                  log.add(now.asked(frame.getId(), wish));
                });
        Rulings.of(frame, name.user())
            .ifPresent(ruling -> log.add(now.asked(frame.getId(), ruling)));
        Arrangements.of(frame)
            .ifPresent(arrangement -> log.add(now.asked(frame.getId(), arrangement)));
        Shares.forward(frame).ifPresent(forward -> log.add(now.asked(frame.getId(), forward)));
        Shares.press(frame, name.user())
            .ifPresent(press -> log.add(now.asked(frame.getId(), press)));
        Entries.of(frame).ifPresent(entry -> log.add(now.asked(frame.getId(), entry)));
        Relations.of(frame).ifPresent(wish -> log.add(now.asked(frame.getId(), wish)));
        new Watches(now.at(), session).asked(frame).ifPresent(log::add);
        Relations.profile(frame)
            .ifPresent(parts -> log.add(now.profileAsked(frame.getId(), parts)));
      }
    }
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    if (frame.hasWelcome()) {
      session++;
    }
    count(frame, asked);
    frames.accept(frame);
    for (Seen seen : seen(frame, asked.orElse(ClientFrame.getDefaultInstance()))) {
      log.add(seen);
      memory.accept(seen);
      answers.accept(seen);
    }
  }

  @Override
  public void closed(int code) {
    tally.closed(code);
    log.add(new Seen.Closed(clock.now(), session, code));
  }

  private void count(ServerFrame frame, Optional<ClientFrame> asked) {
    switch (frame.getFrameCase()) {
      case ACCEPTED ->
          tally.accepted(
              frame.getAccepted().getDuplicate(), name.instance().equals(Courier.INSTANCE));
      case ENVELOPE -> tally.live(attendance.watches());
      case WATCHING, UNWATCHED, WATCH_LIST_CHANGED -> tally.watching(frame, asked);
      case FORWARDED -> tally.count("forwarded");
      case BUTTON_PRESSED -> tally.count(frame.getId() == 0 ? "presses_told" : "pressed");
      case CATCH_UP_PAGE -> tally.page(frame.getCatchUpPage());
      case CONVERSATION_OPENED ->
          asked.flatMap(Entries::of).ifPresent(entry -> tally.count("joined_by_" + by(entry)));
      case INVITATION_CHANGED, CONVERSATION_DELETED, RELATION_CHANGED, PROFILES ->
          asked.ifPresent(it -> tally.answered(it));
      case MEMBERS_CHANGED -> tally.members(frame.getMembersChanged());
      case MESSAGE_CHANGED ->
          asked
              .flatMap(Records::wish)
              .ifPresent(wish -> tally.changed(wish, frame.getMessageChanged().getRevision()));
      case ERROR -> {
        tally.refused(frame.getError().getCode());
        if (asked.filter(ClientFrame::hasSendMessage).isPresent()
            && frame.getError().getCode() == ErrorCode.ERROR_CODE_FORBIDDEN) {
          tally.count("silenced");
        }
        asked
            .flatMap(Records::wish)
            .ifPresent(wish -> tally.refused(wish, frame.getError().getCode()));
        asked
            .flatMap(it -> Rulings.of(it, name.user()))
            .ifPresent(ruling -> tally.refused(ruling, frame.getError().getCode()));
        asked
            .flatMap(Entries::of)
            .filter(_ -> frame.getError().getCode() == ErrorCode.ERROR_CODE_NOT_FOUND)
            .ifPresent(_ -> tally.count("turned_away"));
      }
      default -> {}
    }
  }

  private static String by(Entry entry) {
    return entry.isToken() ? "token" : "key";
  }

  private List<Seen> seen(ServerFrame frame, ClientFrame asked) {
    Moment now = new Moment(clock.now(), session);
    return switch (frame.getFrameCase()) {
      case WELCOME -> {
        InboxPage inbox = frame.getWelcome().getInbox();
        yield List.of(
            new Seen.Opened(now.at(), session, frame.getWelcome().getEpoch()),
            now.inbox(inbox.getEntriesList(), inbox.getBadge()));
      }
      case ACCEPTED -> List.of(now.accepted(frame.getAccepted()));
      case ENVELOPE ->
          List.of(
              attendance.watches()
                  ? new Watches(now.at(), session).step(frame)
                  : new Seen.Live(
                      now.at(), session, Records.step(frame.getEnvelope().getChanges())));
      case CATCH_UP_PAGE ->
          List.of(
              attendance.watches() && frame.getId() == 0
                  ? new Watches(now.at(), session).page(frame)
                  : now.page(frame.getId(), frame.getCatchUpPage()));
      case HISTORY_PAGE -> List.of(now.history(frame.getId(), frame.getHistoryPage(), asked));
      case ERROR -> refused(now, frame, asked);
      default -> state(now, frame, asked);
    };
  }

  private List<Seen> refused(Moment now, ServerFrame frame, ClientFrame asked) {
    List<Seen> refused = new ArrayList<>(List.of(now.refused(frame.getError(), asked)));
    Records.wish(asked)
        .ifPresent(wish -> refused.add(now.refused(frame.getId(), frame.getError(), wish)));
    Rulings.of(asked, name.user())
        .ifPresent(ruling -> refused.add(now.refused(frame.getId(), frame.getError(), ruling)));
    Shares.forward(asked)
        .ifPresent(it -> refused.add(now.refused(frame.getId(), frame.getError(), it)));
    Shares.press(asked, name.user())
        .ifPresent(it -> refused.add(now.refused(frame.getId(), frame.getError(), it)));
    Entries.of(asked)
        .ifPresent(it -> refused.add(now.refused(frame.getId(), frame.getError(), it)));
    Relations.of(asked)
        .ifPresent(it -> refused.add(now.refused(frame.getId(), frame.getError(), it)));
    if (asked.hasWatchConversation()) {
      refused.add(new Watches(now.at(), session).refused(frame, asked));
    }
    if (asked.hasCreateGroup()) {
      refused.add(now.foundingRefused(frame.getId(), frame.getError()));
    }
    return refused;
  }

  private List<Seen> state(Moment now, ServerFrame frame, ClientFrame asked) {
    return switch (frame.getFrameCase()) {
      case INBOX_UPDATE -> {
        InboxUpdate update = frame.getInboxUpdate();
        yield List.of(now.inbox(update.getEntriesList(), update.getBadge()));
      }
      case INBOX_PAGE -> List.of(now.inbox(frame.getInboxPage(), asked));
      case INBOX_ENTRY_CHANGED ->
          arranged(now, frame, asked, List.of(frame.getInboxEntryChanged().getEntry()));
      case MESSAGE_CHANGED ->
          Records.wish(asked).stream()
              .map(wish -> now.changed(frame.getId(), wish, frame.getMessageChanged()))
              .toList();
      case MARKED_READ ->
          asked.hasMarkUnread()
              ? arranged(now, frame, asked, List.of())
              : List.of(now.marked(frame.getMarkedRead(), asked.getMarkRead()));
      case RECEIPT -> List.of(now.markers(frame.getReceipt()));
      case TYPING -> {
        Typing typing = frame.getTyping();
        yield List.of(
            new Seen.Typed(
                now.at(), now.session(), typing.getConversationId(), typing.getUserId()));
      }
      default -> changed(now, frame, asked);
    };
  }

  private List<Seen> changed(Moment now, ServerFrame frame, ClientFrame asked) {
    return switch (frame.getFrameCase()) {
      case FORWARDED ->
          Shares.forward(asked).stream()
              .map(it -> now.forwarded(frame.getId(), it, frame.getForwarded()))
              .toList();
      case BUTTON_PRESSED -> pressed(now, frame, asked);
      case MEMBERS_CHANGED -> {
        MembersChanged changed = frame.getMembersChanged();
        List<Seen> seen = new ArrayList<>(ruled(now, frame, asked, changed.getRevision()));
        seen.add(
            now.members(
                changed.getConversationId(), changed.getRevision(), changed.getMembersList()));
        yield seen;
      }
      case CONVERSATION_CHANGED ->
          ruled(now, frame, asked, frame.getConversationChanged().getRevision());
      case CONVERSATION_OPENED -> {
        ConversationOpened opened = frame.getConversationOpened();
        List<Seen> seen = new ArrayList<>();
        seen.add(
            now.members(
                opened.getConversation().getConversationId(),
                opened.getRevision(),
                opened.getMembersList()));
        Entries.of(asked).ifPresent(it -> seen.add(now.joined(frame.getId(), it, opened)));
        if (asked.hasCreateGroup()) {
          seen.add(now.founded(frame.getId()));
        }
        yield seen;
      }
      case CONVERSATION_DELETED -> ruled(now, frame, asked, 0);
      case INVITATION_CHANGED ->
          Rulings.of(asked, name.user()).stream()
              .map(it -> now.invited(frame.getId(), it, frame.getInvitationChanged()))
              .toList();
      default -> ofPeople(now, frame, asked);
    };
  }

  private List<Seen> ofPeople(Moment now, ServerFrame frame, ClientFrame asked) {
    return switch (frame.getFrameCase()) {
      case CONVERSATION_MUTED -> arranged(now, frame, asked, List.of());
      case RELATION_CHANGED ->
          List.of(now.related(frame.getId(), name.user(), frame.getRelationChanged()));
      case PEOPLE -> {
        Relation.Kind kind = asked.hasListMuted() ? Relation.Kind.MUTE : Relation.Kind.BLOCK;
        yield List.of(now.listed(kind, frame.getPeople()));
      }
      case PROFILES ->
          List.of(now.profiles(frame.getId(), asked.getReadProfiles(), frame.getProfiles()));
      default -> new Watches(now.at(), session).told(frame);
    };
  }

  private List<Seen> ruled(Moment now, ServerFrame frame, ClientFrame asked, long revision) {
    List<Settings> settings =
        frame.hasConversationChanged()
            ? List.of(Rulings.settings(frame.getConversationChanged().getConversation()))
            : List.of();
    Optional<Ruling> ruling = Rulings.of(asked, name.user());
    ruling.ifPresent(it -> tally.ruled(it, revision));
    return ruling.stream().map(it -> now.ruled(frame.getId(), it, revision, settings)).toList();
  }

  private List<Seen> pressed(Moment now, ServerFrame frame, ClientFrame asked) {
    if (frame.getId() == 0) {
      return List.of(now.told(frame.getButtonPressed()));
    }
    return Shares.press(asked, name.user()).stream()
        .map(it -> now.pressed(frame.getId(), it, frame.getButtonPressed()))
        .toList();
  }

  private List<Seen> arranged(
      Moment now, ServerFrame frame, ClientFrame asked, List<InboxEntry> entries) {
    Optional<Arrangement> arrangement = Arrangements.of(asked);
    arrangement.ifPresent(tally::arranged);
    return arrangement.stream().map(it -> now.arranged(frame.getId(), it, entries)).toList();
  }
}
