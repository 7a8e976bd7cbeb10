// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import tern.id.UserId;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// One switch over all requests that need no socket: the table of contents of what a user can ask
/// for. Blocks; for virtual threads.
public final class Requests {
  private final ConversationRequests conversations;
  private final MessageRequests messages;
  private final InboxRequests inbox;
  private final BiFunction<UserId, ClientFrame, ServerFrame.Builder> people;
  private final Sends sends;

  /// Hands requests to these features.
  public Requests(Features features, LimitsConfig limits) {
    this.sends = new Sends(features.intake(), limits);
    this.conversations =
        new ConversationRequests(features.conversations(), features.intake(), limits);
    this.messages =
        new MessageRequests(
            features.history(), features.edits(), features.intake()::change, limits);
    this.inbox = new InboxRequests(features.inbox(), features.receipts());
    this.people = features.people();
  }

  /// Does what the user asks for, and gives the answer, still without the request's id.
  ///
  /// Throws [RequestRefused] when it can't be fulfilled, and `StoreException` when the store fails.
  public ServerFrame.Builder answer(UserId user, ClientFrame request) {
    return switch (request.getFrameCase()) {
      case SEND_MESSAGE -> sends.send(user, request.getSendMessage());
      case OPEN_DIRECT -> conversations.openDirect(user, request.getOpenDirect());
      case CREATE_GROUP -> conversations.createGroup(user, request.getCreateGroup());
      case ADD_MEMBERS -> conversations.addMembers(user, request.getAddMembers());
      case REMOVE_MEMBERS -> conversations.removeMembers(user, request.getRemoveMembers());
      case LEAVE_CONVERSATION -> conversations.leave(user, request.getLeaveConversation());
      case SET_ROLE -> conversations.setRole(user, request.getSetRole());
      case UPDATE_CONVERSATION -> conversations.update(user, request.getUpdateConversation());
      case READ_CONVERSATION -> conversations.read(user, request.getReadConversation());
      case READ_HISTORY -> messages.readHistory(user, request.getReadHistory());
      case EDIT_MESSAGE -> inTurn(user, () -> messages.edit(user, request.getEditMessage()));
      case DELETE_MESSAGE -> inTurn(user, () -> messages.delete(user, request.getDeleteMessage()));
      case SET_REACTION -> inTurn(user, () -> messages.react(user, request.getSetReaction()));
      case PIN_MESSAGE -> inTurn(user, () -> messages.pin(user, request.getPinMessage()));
      case LIST_PINNED -> messages.listPinned(user, request.getListPinned());
      case READ_EDITS -> messages.readEdits(user, request.getReadEdits());
      case LIST_INBOX -> inbox.list(user, request.getListInbox());
      case MARK_READ -> inbox.markRead(user, request.getMarkRead());
      case READ_PROFILES, LIST_BLOCKED, LIST_MUTED, READ_PREFERENCES, SUBSCRIBE_PRESENCE ->
          people.apply(user, request);
      case UPDATE_PROFILE, BLOCK_USER, MUTE_USER, MUTE_CONVERSATION, UPDATE_PREFERENCES, REPORT ->
          inTurn(user, () -> people.apply(user, request));
      case HELLO,
          ACKNOWLEDGE,
          SET_TYPING,
          CATCH_UP,
          PING,
          SET_APP_STATE,
          REFRESH_TOKEN,
          FRAME_NOT_SET ->
          throw new IllegalArgumentException(
              request.getFrameCase() + " (expected: a request that needs no socket)");
    };
  }

  private ServerFrame.Builder inTurn(UserId user, Supplier<ServerFrame.Builder> change) {
    sends.takeTurn(user);
    return change.get();
  }

  /// Sending, for those who must not wait for its answer.
  public Sends sends() {
    return sends;
  }
}
