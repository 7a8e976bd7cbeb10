// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.List;
import tern.conversation.Conversations;
import tern.conversation.HistoryVisibility;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.conversation.OpenConversation;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.v1.AddMembers;
import tern.v1.CreateGroup;
import tern.v1.ErrorCode;
import tern.v1.LeaveConversation;
import tern.v1.MembersChanged;
import tern.v1.OpenDirect;
import tern.v1.ReadConversation;
import tern.v1.RemoveMembers;
import tern.v1.ServerFrame;

/// Requests about conversations and who is a member.
final class ConversationRequests {
  private static final int MAX_NAME = 128;
  private static final int MAX_CHANGED_MEMBERS = 100;

  private final Conversations conversations;
  private final MemberChanger members;

  /// What changes memberships: the intake, where each conversation has its order.
  interface MemberChanger {
    MemberChange change(
        ConversationId conversation, UserId actor, List<UserId> add, List<UserId> remove);
  }

  ConversationRequests(Conversations conversations, MemberChanger members) {
    this.conversations = conversations;
    this.members = members;
  }

  ServerFrame.Builder openDirect(UserId user, OpenDirect it) {
    UserId peer = FromWire.user(it.getUserId());
    if (peer.equals(user)) {
      throw RequestRefused.invalid("user_id: one's own (expected: another user's)");
    }
    return opened(conversations.openDirect(user, peer));
  }

  ServerFrame.Builder createGroup(UserId user, CreateGroup it) {
    String name = FromWire.bounded("name", it.getName(), 1, MAX_NAME);
    String key = FromWire.key(it.getKey());
    List<UserId> others = FromWire.users(it.getUserIdsList(), 0, Membership.MAX_MEMBERS - 1);
    HistoryVisibility visibility = FromWire.visibility(it.getHistoryVisibility());
    return opened(
        conversations
            .createGroup(user, others, name, key, visibility)
            .orElseThrow(
                () ->
                    RequestRefused.of(
                        ErrorCode.ERROR_CODE_CONFLICT,
                        "key: taken by another conversation (expected: a new one)")));
  }

  ServerFrame.Builder read(UserId user, ReadConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    return opened(
        conversations.read(conversation, user).orElseThrow(RequestRefused::noConversation));
  }

  private static ServerFrame.Builder opened(OpenConversation conversation) {
    return ServerFrame.newBuilder().setConversationOpened(ToWire.opened(conversation));
  }

  ServerFrame.Builder addMembers(UserId user, AddMembers it) {
    List<UserId> added = FromWire.users(it.getUserIdsList(), 1, MAX_CHANGED_MEMBERS);
    return change(user, it.getConversationId(), added, List.of());
  }

  ServerFrame.Builder removeMembers(UserId user, RemoveMembers it) {
    List<UserId> removed = FromWire.users(it.getUserIdsList(), 1, MAX_CHANGED_MEMBERS);
    return change(user, it.getConversationId(), List.of(), removed);
  }

  ServerFrame.Builder leave(UserId user, LeaveConversation it) {
    return change(user, it.getConversationId(), List.of(), List.of(user));
  }

  private ServerFrame.Builder change(
      UserId user, String conversationText, List<UserId> add, List<UserId> remove) {
    ConversationId conversation = FromWire.conversation(conversationText);
    MembersChanged.Builder answer =
        MembersChanged.newBuilder().setConversationId(conversation.toString());
    switch (members.change(conversation, user, add, remove)) {
      case MemberChange.Changed changed ->
          answer.setRevision(changed.revision()).addAllMembers(ToWire.members(changed.members()));
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
