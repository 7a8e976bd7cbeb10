// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.time.Clock;
import java.util.Set;
import java.util.function.BiFunction;
import tern.conversation.Conversations;
import tern.gateway.governance.GovernanceRequests;
import tern.gateway.moderation.Moderated;
import tern.gateway.push.PushReportRequests;
import tern.gateway.search.SearchRequests;
import tern.gateway.share.ForwardRequests;
import tern.gateway.share.Guesses;
import tern.gateway.share.InvitationRequests;
import tern.gateway.share.PressRequests;
import tern.gateway.watch.OpenRequests;
import tern.id.UserId;
import tern.message.business.BusinessMessages;
import tern.message.past.PastMessages;
import tern.moderation.Moderation;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.ReadHistory;
import tern.v1.ServerFrame;
import tern.v1.UpdateProfile;

/// One switch over all requests that need no socket: the table of contents of what a user can ask
/// for. Blocks; for virtual threads.
public final class Requests {
  // What others hear of, or what is kept for long, and so shares one rate with messages, which take
  // their turn by themselves.
  private static final Set<FrameCase> OF_THE_RATE =
      Set.of(
          FrameCase.EDIT_MESSAGE,
          FrameCase.DELETE_MESSAGE,
          FrameCase.SET_REACTION,
          FrameCase.PIN_MESSAGE,
          FrameCase.PRESS_BUTTON,
          FrameCase.OPEN_DIRECT,
          FrameCase.CREATE_GROUP,
          FrameCase.CREATE_OPEN,
          FrameCase.ADD_MEMBERS,
          FrameCase.REMOVE_MEMBERS,
          FrameCase.LEAVE_CONVERSATION,
          FrameCase.SET_ROLE,
          FrameCase.UPDATE_CONVERSATION,
          FrameCase.DELETE_CONVERSATION,
          FrameCase.MUTE_MEMBER,
          FrameCase.BAN_USER,
          FrameCase.CREATE_INVITATION,
          FrameCase.REVOKE_INVITATION,
          FrameCase.CHANGE_WATCH_LIST,
          FrameCase.SAVE_DRAFT,
          FrameCase.MARK_UNREAD,
          FrameCase.ARCHIVE_CONVERSATION,
          FrameCase.HIDE_CONVERSATION,
          FrameCase.PIN_CONVERSATION,
          FrameCase.JOIN_CONVERSATION,
          FrameCase.UPDATE_PROFILE,
          FrameCase.BLOCK_USER,
          FrameCase.MUTE_USER,
          FrameCase.MUTE_CONVERSATION,
          FrameCase.SET_PUSH_LEVEL,
          FrameCase.UPDATE_PREFERENCES,
          FrameCase.REPORT_PUSH,
          FrameCase.REPORT);

  private final ConversationRequests conversations;
  private final MessageRequests messages;
  private final InboxRequests inbox;
  private final GovernanceRequests governance;
  private final ForwardRequests forwards;
  private final PressRequests presses;
  private final InvitationRequests invitations;
  private final PushReportRequests pushReports;
  private final SearchRequests search;
  private final BiFunction<Asker, ClientFrame, ServerFrame.Builder> people;
  private final OpenRequests open;
  private final Sends sends;
  private final BusinessMessages business;
  private final PastMessages past;
  private final Moderation moderation;
  private final Moderated moderated;

  /// Hands requests to these features.
  public Requests(Features features, LimitsConfig limits) {
    this.moderation = features.moderation();
    this.moderated = new Moderated(moderation, limits);
    this.sends = new Sends(features.intake(), moderated, limits);
    this.business = new BusinessMessages(features.intake());
    this.past = new PastMessages(features.intake(), Drafts::answering);
    this.conversations =
        new ConversationRequests(features.conversations(), features.intake(), limits);
    this.messages =
        new MessageRequests(
            features.history(), features.edits(), features.intake()::change, moderated, limits);
    this.governance =
        new GovernanceRequests(features.intake(), features.people().bans(), Clock.systemUTC());
    this.forwards = new ForwardRequests(features.history(), sends, limits);
    this.presses = new PressRequests(features.history(), features.personal().presses());
    this.invitations =
        new InvitationRequests(
            features.personal().invitations(),
            features.conversations(),
            features.intake(),
            new Guesses(limits));
    this.inbox =
        new InboxRequests(
            features.inbox(), features.personal().shelf(), features.receipts(), limits);
    this.pushReports = new PushReportRequests(features.personal().pushReports(), Clock.systemUTC());
    this.search = features.search();
    this.people = features.people().answers();
    this.open = new OpenRequests(features.conversations(), features.personal().open(), limits);
  }

  /// Whether the request takes a turn of the user's rate, as a message does.
  public static boolean isRated(FrameCase request) {
    return request == FrameCase.SEND_MESSAGE || OF_THE_RATE.contains(request);
  }

  /// Does what the user asks for, and gives the answer, still without the request's id.
  ///
  /// Throws [RequestRefused] when it can't be fulfilled, and `StoreException` when the store fails.
  public ServerFrame.Builder answer(Asker asker, ClientFrame request) {
    UserId user = asker.user();
    admit(asker, request);
    return switch (request.getFrameCase()) {
      case SEND_MESSAGE -> sends.send(asker, request.getSendMessage());
      case OPEN_DIRECT -> conversations.openDirect(user, request.getOpenDirect());
      case CREATE_GROUP -> conversations.createGroup(asker, request.getCreateGroup());
      case CREATE_OPEN, CHANGE_WATCH_LIST, READ_WATCH_LIST, COUNT_WATCHERS ->
          watched(asker, request);
      case ADD_MEMBERS -> conversations.addMembers(user, request.getAddMembers());
      case REMOVE_MEMBERS -> conversations.removeMembers(user, request.getRemoveMembers());
      case LEAVE_CONVERSATION -> conversations.leave(user, request.getLeaveConversation());
      case SET_ROLE -> conversations.setRole(user, request.getSetRole());
      case UPDATE_CONVERSATION -> conversations.update(user, request.getUpdateConversation());
      case READ_CONVERSATION -> conversations.read(user, request.getReadConversation());
      case READ_HISTORY -> messages.readHistory(asker, request.getReadHistory());
      case EDIT_MESSAGE -> messages.edit(asker, request.getEditMessage());
      case DELETE_MESSAGE -> messages.delete(asker, request.getDeleteMessage());
      case SET_REACTION -> messages.react(asker, request.getSetReaction());
      case PIN_MESSAGE -> messages.pin(asker, request.getPinMessage());
      case LIST_PINNED -> messages.listPinned(user, request.getListPinned());
      case READ_EDITS -> messages.readEdits(asker, request.getReadEdits());
      case MUTE_MEMBER -> governance.mute(user, request.getMuteMember());
      case BAN_USER -> governance.ban(user, request.getBanUser());
      case LIST_BANNED -> governance.listBanned(user, request.getListBanned());
      case DELETE_CONVERSATION -> governance.delete(user, request.getDeleteConversation());
      case LIST_INBOX, MARK_READ, MARK_UNREAD, SAVE_DRAFT, SEARCH -> personal(asker, request);
      case ARCHIVE_CONVERSATION, HIDE_CONVERSATION, PIN_CONVERSATION -> personal(asker, request);
      case FORWARD_MESSAGE, PRESS_BUTTON, LIST_PRESSES -> personal(asker, request);
      case CREATE_INVITATION, REVOKE_INVITATION, LIST_INVITATIONS -> personal(asker, request);
      case JOIN_CONVERSATION, SET_PUSH_LEVEL, REPORT_PUSH -> personal(asker, request);
      case UPDATE_PROFILE, READ_PROFILES, BLOCK_USER, LIST_BLOCKED -> people.apply(asker, request);
      case MUTE_USER, LIST_MUTED, MUTE_CONVERSATION, REPORT -> people.apply(asker, request);
      case SUBSCRIBE_PRESENCE, UPDATE_PREFERENCES, READ_PREFERENCES -> people.apply(asker, request);
      case HELLO, ACKNOWLEDGE, SET_TYPING, CATCH_UP, PING -> throw needsSocket(request);
      case WATCH_CONVERSATION, UNWATCH_CONVERSATION -> throw needsSocket(request);
      case SET_APP_STATE, REFRESH_TOKEN, FRAME_NOT_SET -> throw needsSocket(request);
      case REGISTER_DEVICE, FORGET_DEVICE, LIST_DEVICES -> throw needsSocket(request);
    };
  }

  private void admit(Asker asker, ClientFrame request) {
    if (OF_THE_RATE.contains(request.getFrameCase())) {
      sends.takeTurn(asker);
    }
    // What the business itself shows is nobody's to judge.
    if (!asker.user().equals(UserId.BUSINESS)) {
      moderated.checkLabels(request);
    }
  }

  // Conversations that are watched.
  private ServerFrame.Builder watched(Asker asker, ClientFrame request) {
    UserId user = asker.user();
    return switch (request.getFrameCase()) {
      case CREATE_OPEN -> open.create(asker, request.getCreateOpen());
      case CHANGE_WATCH_LIST -> open.change(user, request.getChangeWatchList());
      case READ_WATCH_LIST -> open.read(user, request.getReadWatchList());
      case COUNT_WATCHERS -> open.count(asker, request.getCountWatchers());
      default ->
          throw new IllegalArgumentException(request.getFrameCase() + " (expected: watched)");
    };
  }

  // What a user keeps for himself, and what leads from one conversation to another.
  private ServerFrame.Builder personal(Asker asker, ClientFrame request) {
    UserId user = asker.user();
    return switch (request.getFrameCase()) {
      case LIST_INBOX -> inbox.list(user, request.getListInbox());
      case MARK_READ -> inbox.markRead(user, request.getMarkRead());
      case ARCHIVE_CONVERSATION -> inbox.archive(user, request.getArchiveConversation());
      case HIDE_CONVERSATION -> inbox.hide(user, request.getHideConversation());
      case PIN_CONVERSATION -> inbox.pin(user, request.getPinConversation());
      case SAVE_DRAFT -> inbox.saveDraft(user, request.getSaveDraft());
      case SET_PUSH_LEVEL -> inbox.setPushLevel(user, request.getSetPushLevel());
      case REPORT_PUSH -> pushReports.report(user, request.getReportPush());
      case MARK_UNREAD -> inbox.markUnread(user, request.getMarkUnread());
      case FORWARD_MESSAGE -> forwards.forward(asker, request.getForwardMessage());
      case PRESS_BUTTON -> presses.press(user, request.getPressButton());
      case LIST_PRESSES -> presses.list(user, request.getListPresses());
      case CREATE_INVITATION -> invitations.create(user, request.getCreateInvitation());
      case REVOKE_INVITATION -> invitations.revoke(user, request.getRevokeInvitation());
      case LIST_INVITATIONS -> invitations.list(user, request.getListInvitations());
      case JOIN_CONVERSATION -> invitations.join(asker, request.getJoinConversation());
      case SEARCH -> search.find(user, request.getSearch());
      default ->
          throw new IllegalArgumentException(request.getFrameCase() + " (expected: personal)");
    };
  }

  private static IllegalArgumentException needsSocket(ClientFrame request) {
    return new IllegalArgumentException(
        request.getFrameCase() + " (expected: a request that needs no socket)");
  }

  /// Shows a user to others as the app's backend says, whose words are nobody's to judge. Throws as
  /// [#answer] does.
  public ServerFrame.Builder setProfile(Asker asker, UpdateProfile profile) {
    sends.takeTurn(asker);
    return people.apply(asker, ClientFrame.newBuilder().setUpdateProfile(profile).build());
  }

  /// Throws [RequestRefused] for what only the app's backend may ask for, as it has set it.
  public void admitUser(FrameCase request) {
    if (request == FrameCase.CREATE_OPEN) {
      open.admitUser();
    }
  }

  /// The history of a conversation that is known to be watched by whoever asks for it.
  public ServerFrame.Builder watchedHistory(ReadHistory request) {
    return messages.readWatched(request);
  }

  /// What those who lead a group can ask for, and the app's backend beside them.
  public GovernanceRequests governance() {
    return governance;
  }

  /// Sending, for those who must not wait for its answer.
  public Sends sends() {
    return sends;
  }

  /// What the business itself says, for the app's backend.
  public BusinessMessages business() {
    return business;
  }

  /// Creates a group as it was elsewhere, or finds it, for the app's backend; throws
  /// [RequestRefused] when it can't be.
  public ServerFrame.Builder importGroup(Conversations.PastGroup group) {
    return conversations.importGroup(group);
  }

  /// What was said elsewhere, for the app's backend.
  public PastMessages past() {
    return past;
  }

  /// What the app wants of messages.
  public Moderation moderation() {
    return moderation;
  }
}
