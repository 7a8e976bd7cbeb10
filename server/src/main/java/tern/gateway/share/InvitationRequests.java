// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.share;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tern.conversation.Conversations;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.conversation.invitation.Invitation;
import tern.conversation.invitation.InvitationResult;
import tern.conversation.invitation.Invitations;
import tern.conversation.invitation.JoinWish;
import tern.gateway.request.Asker;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.intake.MessageIntake;
import tern.v1.CreateInvitation;
import tern.v1.ErrorCode;
import tern.v1.InvitationChanged;
import tern.v1.JoinConversation;
import tern.v1.ListInvitations;
import tern.v1.RevokeInvitation;
import tern.v1.ServerFrame;

/// Requests about invitations to groups, and joining them.
public final class InvitationRequests {
  private static final int LEAST_SECONDS = 60;
  private static final int MOST_SECONDS = 31_536_000;
  private static final int WEEK_SECONDS = 604_800;
  private static final int MOST_USES = 100_000;

  private final Invitations invitations;
  private final Conversations conversations;
  private final MessageIntake intake;
  private final Guesses guesses;

  /// @param intake lets people in, for there each conversation has its order
  /// @param guesses of those who wish to join
  public InvitationRequests(
      Invitations invitations, Conversations conversations, MessageIntake intake, Guesses guesses) {
    this.invitations = invitations;
    this.conversations = conversations;
    this.intake = intake;
    this.guesses = guesses;
  }

  /// Makes an invitation. Throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder create(UserId user, CreateInvitation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    int seconds = it.getLifetimeSeconds() == 0 ? WEEK_SECONDS : it.getLifetimeSeconds();
    check("lifetime_seconds", seconds, LEAST_SECONDS, MOST_SECONDS);
    check("max_uses", it.getMaxUses(), 0, MOST_USES);
    Invitation.Fresh fresh =
        done(invitations.create(conversation, user, Duration.ofSeconds(seconds), it.getMaxUses()));
    return ServerFrame.newBuilder()
        .setInvitationChanged(
            InvitationChanged.newBuilder()
                .setInvitation(wire(fresh.invitation()))
                .setToken(fresh.token()));
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw RequestRefused.invalid(
          what
              + ": "
              + Integer.toUnsignedString(value)
              + " (expected: "
              + least
              + " to "
              + most
              + ")");
    }
  }

  /// Ends an invitation. Throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder revoke(UserId user, RevokeInvitation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    UUID id = FromWire.uuid("invitation_id", it.getInvitationId());
    // Whether it stood until now makes no difference to whom it must not stand.
    var _ = done(invitations.revoke(conversation, user, id));
    return ServerFrame.newBuilder()
        .setInvitationChanged(
            InvitationChanged.newBuilder()
                .setInvitation(
                    tern.v1.Invitation.newBuilder()
                        .setInvitationId(id.toString())
                        .setConversationId(conversation.toString())));
  }

  /// Lists the invitations that are still good. Throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder list(UserId user, ListInvitations it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    List<Invitation> found = done(invitations.list(conversation, user));
    return ServerFrame.newBuilder()
        .setInvitations(
            tern.v1.Invitations.newBuilder()
                .setConversationId(conversation.toString())
                .addAllInvitations(found.stream().map(InvitationRequests::wire).toList()));
  }

  private static <T> T done(InvitationResult<T> result) {
    return switch (result) {
      case InvitationResult.Done<T>(T answer) -> answer;
      case InvitationResult.Refused<T>(var reason) ->
          throw switch (reason) {
            case NOT_FOUND -> RequestRefused.noConversation();
            case FORBIDDEN -> RequestRefused.forbidden();
            case LIMIT_REACHED ->
                RequestRefused.of(
                    ErrorCode.ERROR_CODE_LIMIT_REACHED,
                    "invitations of this group (expected: at most 50)");
          };
    };
  }

  /// Joins a group. Throws [RequestRefused] when that can't be done, in the same words whatever is
  /// wrong with a token or key.
  public ServerFrame.Builder join(Asker asker, JoinConversation it) {
    JoinWish wish = new JoinWish(asker.user(), by(it));
    Duration wait = guesses.timeToWait(asker);
    if (!wait.isZero()) {
      throw RequestRefused.tooFast("wishes of this user, or address, to join", wait.plusMillis(1));
    }
    ConversationId conversation = invitations.find(wish).orElseThrow(() -> unknown(asker));
    return switch (intake.join(conversation, wish)) {
      case MemberChange.Changed _, MemberChange.Unchanged _ -> opened(conversation, asker.user());
      case MemberChange.Refused(var reason) when reason == MemberChange.Refusal.GROUP_FULL ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_GROUP_FULL,
              "members (expected: at most " + Membership.MAX_MEMBERS + ")");
      case MemberChange.Refused _ -> throw unknown(asker);
    };
  }

  private static JoinWish.By by(JoinConversation it) {
    return switch (it.getByCase()) {
      case TOKEN -> new JoinWish.By.Token(it.getToken());
      case KEY -> new JoinWish.By.Key(FromWire.key(it.getKey()));
      case BY_NOT_SET -> throw RequestRefused.invalid("by: missing (expected: a token or a key)");
    };
  }

  private RequestRefused unknown(Asker asker) {
    guesses.failed(asker);
    return RequestRefused.noConversation();
  }

  private ServerFrame.Builder opened(ConversationId conversation, UserId user) {
    return ServerFrame.newBuilder()
        .setConversationOpened(
            ToWire.opened(
                conversations
                    .read(conversation, user)
                    .orElseThrow(RequestRefused::noConversation)));
  }

  private static tern.v1.Invitation wire(Invitation it) {
    return tern.v1.Invitation.newBuilder()
        .setInvitationId(it.id().toString())
        .setConversationId(it.conversation().toString())
        .setCreatedById(it.createdBy().value())
        .setCreatedAtMs(it.createdAt().toEpochMilli())
        .setExpiresAtMs(it.expiresAt().toEpochMilli())
        .setMaxUses(it.maxUses())
        .setUses(it.uses())
        .build();
  }
}
