// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.governance;

import tern.conversation.Creation;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.conversation.rules.Moderation;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.id.ConversationId;
import tern.v1.ErrorCode;
import tern.v1.MembersChanged;
import tern.v1.ServerFrame;

/// What whoever asked for a conversation of many, or for a change of its members, is told.
public final class MemberAnswers {
  private MemberAnswers() {}

  /// Tells what changed; throws [RequestRefused] when it was refused.
  public static ServerFrame.Builder changed(ConversationId conversation, MemberChange change) {
    MembersChanged.Builder answer =
        MembersChanged.newBuilder().setConversationId(conversation.toString());
    switch (change) {
      case MemberChange.Changed changed ->
          answer.setRevision(changed.revision()).addAllMembers(ToWire.members(changed.members()));
      case MemberChange.Unchanged() -> answer.setRevision(0);
      case MemberChange.Refused(var reason) -> throw refusal(reason);
    }
    return ServerFrame.newBuilder().setMembersChanged(answer);
  }

  /// Tells what was created, or stood already; throws [RequestRefused] when it was refused.
  public static ServerFrame.Builder created(Creation creation) {
    return switch (creation) {
      case Creation.Opened(var conversation) ->
          ServerFrame.newBuilder().setConversationOpened(ToWire.opened(conversation));
      case Creation.Refused.KEY_TAKEN ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "key: taken by another conversation (expected: a new one)");
      case Creation.Refused.FORBIDDEN -> throw RequestRefused.forbidden();
    };
  }

  /// What a refused change is answered with.
  public static RequestRefused refusal(MemberChange.Refusal reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case FORBIDDEN -> RequestRefused.forbidden();
      case OF_TWO ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "a conversation of two has no name, image and rules (expected: metadata alone)");
      case GROUP_FULL ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_GROUP_FULL,
              "members (expected: at most " + Membership.MAX_MEMBERS + ")");
      case NO_MEMBER ->
          RequestRefused.invalid("user_id: no member of the conversation (expected: a member's)");
      case BANNED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "user_ids: one of them is banned from the group (expected: nobody who is)");
      case LIMIT_REACHED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "users who are banned, or muted without being members (expected: at most "
                  + Moderation.MAX_KEPT_OUT
                  + " of each)");
    };
  }
}
