// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.List;
import tern.conversation.Conversations;
import tern.conversation.HistoryVisibility;
import tern.conversation.Membership;
import tern.conversation.OpenConversation;
import tern.conversation.Role;
import tern.conversation.SettingsChange;
import tern.gateway.governance.GivenSettings;
import tern.gateway.governance.MemberAnswers;
import tern.id.ConversationId;
import tern.id.ConversationKey;
import tern.id.UserId;
import tern.message.intake.MessageIntake;
import tern.v1.AddMembers;
import tern.v1.ConversationChanged;
import tern.v1.CreateGroup;
import tern.v1.LeaveConversation;
import tern.v1.OpenDirect;
import tern.v1.ReadConversation;
import tern.v1.RemoveMembers;
import tern.v1.ServerFrame;
import tern.v1.SetRole;
import tern.v1.UpdateConversation;

/// Requests about conversations and who is a member.
final class ConversationRequests {
  private static final int MAX_CHANGED_MEMBERS = 100;

  private final Conversations conversations;
  private final MessageIntake intake;
  private final LimitsConfig limits;

  /// @param intake changes conversations, for there each has its order
  ConversationRequests(Conversations conversations, MessageIntake intake, LimitsConfig limits) {
    this.conversations = conversations;
    this.intake = intake;
    this.limits = limits;
  }

  ServerFrame.Builder openDirect(UserId user, OpenDirect it) {
    UserId peer = FromWire.user(it.getUserId());
    if (peer.equals(user)) {
      throw RequestRefused.invalid("user_id: one's own (expected: another user's)");
    }
    return opened(conversations.openDirect(user, peer));
  }

  ServerFrame.Builder createGroup(Asker asker, CreateGroup it) {
    SettingsChange settings = GivenSettings.of(it, limits);
    ConversationKey key = asker.key(FromWire.key(it.getKey()));
    List<UserId> others = FromWire.users(it.getUserIdsList(), 0, Membership.MAX_MEMBERS - 1);
    HistoryVisibility visibility = FromWire.visibility(it.getHistoryVisibility());
    return MemberAnswers.created(
        conversations.createGroup(asker.user(), others, key, visibility, settings));
  }

  ServerFrame.Builder importGroup(Conversations.PastGroup group) {
    try {
      return MemberAnswers.created(conversations.importGroup(group));
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
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
    return MemberAnswers.changed(
        conversation, intake.changeMembers(conversation, user, add, remove));
  }

  ServerFrame.Builder setRole(UserId user, SetRole it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    UserId member = FromWire.user(it.getUserId());
    Role role = FromWire.role(it.getRole());
    return MemberAnswers.changed(conversation, intake.setRole(conversation, user, member, role));
  }

  ServerFrame.Builder update(UserId user, UpdateConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    SettingsChange wanted = GivenSettings.of(it, limits);
    ConversationChanged.Builder answer = ConversationChanged.newBuilder();
    switch (intake.changeSettings(conversation, user, wanted)) {
      case SettingsChange.Result.Changed changed ->
          answer
              .setRevision(changed.revision())
              .setConversation(ToWire.conversation(changed.conversation()));
      case SettingsChange.Result.Unchanged(var standing) ->
          answer.setConversation(ToWire.conversation(standing));
      case SettingsChange.Result.Refused(var reason) -> throw MemberAnswers.refusal(reason);
    }
    return ServerFrame.newBuilder().setConversationChanged(answer);
  }
}
