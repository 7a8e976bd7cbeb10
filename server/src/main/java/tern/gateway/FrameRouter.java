// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.util.List;
import tern.conversation.HistoryVisibility;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.conversation.OpenConversation;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.SendResult;
import tern.message.history.History.Where;
import tern.message.inbox.InboxPage;
import tern.receipt.Marker;
import tern.session.Session;
import tern.v1.Accepted;
import tern.v1.Acknowledge;
import tern.v1.AppState;
import tern.v1.AppStateSet;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.CreateGroup;
import tern.v1.ErrorCode;
import tern.v1.ListInbox;
import tern.v1.MarkRead;
import tern.v1.MarkedRead;
import tern.v1.MembersChanged;
import tern.v1.Pong;
import tern.v1.ReadHistory;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;
import tern.v1.SetTyping;

/// One switch over all frames: the table of contents of what a client can do. Runs on the session's
/// event loop; whatever blocks is asked of a worker.
final class FrameRouter {
  private static final int MAX_NAME = 128;
  private static final int MAX_CHANGED_MEMBERS = 100;
  private static final int HISTORY_ENTRIES = 50;
  private static final int INBOX_ENTRIES = 20;

  private final SessionSocket socket;
  private final SessionRules rules;
  private final Features features;

  FrameRouter(SessionSocket socket, SessionRules rules, Features features) {
    this.socket = socket;
    this.rules = rules;
    this.features = features;
  }

  void route(Session session, ClientFrame frame) {
    int id = frame.getId();
    switch (frame.getFrameCase()) {
      case SEND_MESSAGE -> send(session, id, frame.getSendMessage());
      case ACKNOWLEDGE -> acknowledge(session, frame.getAcknowledge());
      case MARK_READ -> markRead(session, id, frame.getMarkRead());
      case SET_TYPING -> setTyping(session, id, frame.getSetTyping());
      case CATCH_UP -> catchUp(session, id, frame.getCatchUp());
      case READ_HISTORY -> readHistory(session, id, frame.getReadHistory());
      case PING -> pong(id);
      case LIST_INBOX -> listInbox(session, id, frame.getListInbox());
      case SET_APP_STATE -> setAppState(session, id, frame.getSetAppState().getAppState());
      case REFRESH_TOKEN -> socket.refresh(session, id, frame.getRefreshToken().getAccessToken());
      case OPEN_DIRECT -> openDirect(session, id, frame.getOpenDirect().getUserId());
      case CREATE_GROUP -> createGroup(session, id, frame.getCreateGroup());
      case ADD_MEMBERS -> {
        var it = frame.getAddMembers();
        List<UserId> added = FromWire.users(it.getUserIdsList(), 1, MAX_CHANGED_MEMBERS);
        changeMembers(session, id, it.getConversationId(), added, List.of());
      }
      case REMOVE_MEMBERS -> {
        var it = frame.getRemoveMembers();
        List<UserId> removed = FromWire.users(it.getUserIdsList(), 1, MAX_CHANGED_MEMBERS);
        changeMembers(session, id, it.getConversationId(), List.of(), removed);
      }
      case LEAVE_CONVERSATION -> {
        String left = frame.getLeaveConversation().getConversationId();
        changeMembers(session, id, left, List.of(), List.of(session.user()));
      }
      case READ_CONVERSATION ->
          readConversation(session, id, frame.getReadConversation().getConversationId());
      case HELLO, FRAME_NOT_SET ->
          throw new IllegalStateException("the connection lets neither through");
    }
  }

  private void send(Session session, int id, SendMessage send) {
    long wait = rules.bucket(session.user()).tryTake();
    if (wait > 0) {
      throw RequestRefused.tooFast("messages of this user", Duration.ofNanos(wait).plusMillis(1));
    }
    Draft draft = FromWire.draft(send, session.user(), rules.limits());
    socket.requestBegun();
    features.intake().send(draft, result -> socket.later(() -> sent(id, draft, result)));
  }

  private void sent(int id, Draft draft, SendResult result) {
    switch (result) {
      case SendResult.Accepted it ->
          socket.send(
              ServerFrame.newBuilder()
                  .setId(id)
                  .setAccepted(
                      Accepted.newBuilder()
                          .setConversationId(draft.conversation().toString())
                          .setClientMessageId(draft.clientMessageId().toString())
                          .setSequence(it.sequence())
                          .setRevision(it.revision())
                          .setCreatedAtMs(it.createdAt().toEpochMilli())
                          .setDuplicate(it.duplicate())));
      case SendResult.Refused reason -> socket.refuse(id, refusal(reason));
    }
    socket.requestEnded();
  }

  private RequestRefused refusal(SendResult.Refused reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case CONFLICT ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "client_message_id: taken by another message (expected: a new one for each message)");
      case TOO_LARGE ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_TOO_LARGE,
              "content or metadata too large (expected: at most "
                  + rules.limits().contentBytes()
                  + " and "
                  + rules.limits().metadataBytes()
                  + " bytes)");
      case UNAVAILABLE -> RequestRefused.unavailable();
      case INTERNAL -> RequestRefused.internal();
    };
  }

  private void acknowledge(Session session, Acknowledge it) {
    features
        .receipts()
        .acknowledge(
            FromWire.conversation(it.getConversationId()),
            session.user(),
            FromWire.sequence("sequence", it.getSequence()));
  }

  private void markRead(Session session, int id, MarkRead it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long sequence = FromWire.sequence("sequence", it.getSequence());
    if (sequence == 0) {
      throw RequestRefused.invalid("sequence: 0 (expected: 1 or more)");
    }
    socket.ask(
        id,
        () -> {
          Marker marker =
              features
                  .receipts()
                  .markRead(conversation, session.user(), sequence)
                  .orElseThrow(RequestRefused::noConversation);
          return ServerFrame.newBuilder()
              .setMarkedRead(
                  MarkedRead.newBuilder()
                      .setConversationId(conversation.toString())
                      .setRead(marker.read())
                      .setUnread(marker.unread()));
        });
  }

  private void setTyping(Session session, int id, SetTyping it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    // A hint: when the node is busy it is dropped.
    socket.block(
        () ->
            features
                .typing()
                .tell(
                    session,
                    conversation,
                    News.typing(conversation, session.user(), it.getTyping())),
        told -> {
          if (!told && id != 0) {
            socket.refuse(id, RequestRefused.noConversation());
          }
        },
        refusal -> {
          if (id != 0) {
            socket.refuse(id, refusal);
          }
        });
  }

  private void catchUp(Session session, int id, CatchUp it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    var position = FromWire.position(it);
    socket.requestBegun();
    try {
      new CatchUpRun(socket, session, features, id, conversation).from(position);
    } catch (RequestRefused refusal) {
      socket.requestEnded();
      throw refusal;
    }
  }

  private void readHistory(Session session, int id, ReadHistory it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    Where where = FromWire.where(it);
    int limit = FromWire.limit(it.getLimit(), HISTORY_ENTRIES);
    socket.ask(
        id,
        () ->
            ServerFrame.newBuilder()
                .setHistoryPage(
                    ToWire.historyPage(
                        conversation.toString(),
                        features
                            .history()
                            .read(conversation, session.user(), where, limit)
                            .orElseThrow(RequestRefused::noConversation))));
  }

  private void pong(int id) {
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setPong(Pong.newBuilder().setServerTimeMs(Greeting.now(rules.clock()))));
  }

  private void listInbox(Session session, int id, ListInbox it) {
    int limit = FromWire.limit(it.getLimit(), INBOX_ENTRIES);
    socket.ask(
        id,
        () ->
            ServerFrame.newBuilder()
                .setInboxPage(ToWire.inboxPage(readInbox(session.user(), it, limit))));
  }

  private InboxPage readInbox(UserId user, ListInbox it, int limit) {
    try {
      return it.hasPage()
          ? features.inbox().page(user, it.getPage(), limit)
          : features.inbox().since(user, it.getSince(), limit);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  private void setAppState(Session session, int id, AppState state) {
    if (state != AppState.APP_STATE_FOREGROUND && state != AppState.APP_STATE_BACKGROUND) {
      throw RequestRefused.invalid("app_state: unspecified (expected: foreground or background)");
    }
    session.setForeground(Greeting.isForeground(state));
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setAppStateSet(AppStateSet.newBuilder().setAppState(state)));
  }

  private void openDirect(Session session, int id, String peerText) {
    UserId peer = FromWire.user(peerText);
    if (peer.equals(session.user())) {
      throw RequestRefused.invalid("user_id: one's own (expected: another user's)");
    }
    socket.ask(id, () -> opened(features.conversations().openDirect(session.user(), peer)));
  }

  private void createGroup(Session session, int id, CreateGroup it) {
    String name = FromWire.bounded("name", it.getName(), 1, MAX_NAME);
    String key = FromWire.key(it.getKey());
    List<UserId> others = FromWire.users(it.getUserIdsList(), 0, Membership.MAX_MEMBERS - 1);
    HistoryVisibility visibility = FromWire.visibility(it.getHistoryVisibility());
    socket.ask(
        id,
        () ->
            opened(
                features
                    .conversations()
                    .createGroup(session.user(), others, name, key, visibility)
                    .orElseThrow(
                        () ->
                            RequestRefused.of(
                                ErrorCode.ERROR_CODE_CONFLICT,
                                "key: taken by another conversation (expected: a new one)"))));
  }

  private void readConversation(Session session, int id, String conversationText) {
    ConversationId conversation = FromWire.conversation(conversationText);
    socket.ask(
        id,
        () ->
            opened(
                features
                    .conversations()
                    .read(conversation, session.user())
                    .orElseThrow(RequestRefused::noConversation)));
  }

  private static ServerFrame.Builder opened(OpenConversation conversation) {
    return ServerFrame.newBuilder().setConversationOpened(ToWire.opened(conversation));
  }

  private void changeMembers(
      Session session, int id, String conversationText, List<UserId> add, List<UserId> remove) {
    ConversationId conversation = FromWire.conversation(conversationText);
    socket.ask(
        id,
        () ->
            membersChanged(
                conversation,
                features.intake().changeMembers(conversation, session.user(), add, remove)));
  }

  private static ServerFrame.Builder membersChanged(ConversationId id, MemberChange change) {
    MembersChanged.Builder answer = MembersChanged.newBuilder().setConversationId(id.toString());
    switch (change) {
      case MemberChange.Changed it ->
          answer.setRevision(it.revision()).addAllMembers(ToWire.members(it.members()));
      case MemberChange.Unchanged() -> answer.setRevision(0);
      case MemberChange.Refused(var reason) -> throw refusal(reason);
    }
    return ServerFrame.newBuilder().setMembersChanged(answer);
  }

  private static RequestRefused refusal(MemberChange.Refusal reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case FORBIDDEN ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "your role, or the kind of conversation, does not allow that");
      case GROUP_FULL ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_GROUP_FULL,
              "members (expected: at most " + Membership.MAX_MEMBERS + ")");
    };
  }
}
