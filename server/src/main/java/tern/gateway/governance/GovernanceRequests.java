// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.governance;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import tern.conversation.MemberChange;
import tern.conversation.rules.Ban;
import tern.conversation.rules.Bans;
import tern.conversation.rules.Until;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.intake.MessageIntake;
import tern.v1.BanUser;
import tern.v1.BannedPage;
import tern.v1.ConversationDeleted;
import tern.v1.DeleteConversation;
import tern.v1.ListBanned;
import tern.v1.MuteMember;
import tern.v1.ServerFrame;

/// Requests of those who lead a group: mutes, bans, and its end. Blocks; for virtual threads.
public final class GovernanceRequests {
  private static final int BANS = 50;
  // What lies further ahead is for good, as far as anybody can tell.
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final MessageIntake intake;
  private final Bans bans;
  private final Clock clock;

  /// @param intake changes conversations, for there each has its order
  public GovernanceRequests(MessageIntake intake, Bans bans, Clock clock) {
    this.intake = intake;
    this.bans = bans;
    this.clock = clock;
  }

  /// Mutes or unmutes a member; throws [RequestRefused] when the user may not.
  public ServerFrame.Builder mute(UserId user, MuteMember it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    UserId member = FromWire.user(it.getUserId());
    Optional<Instant> until = until(it.getMuted(), it.getUntilMs());
    return MemberAnswers.changed(conversation, intake.mute(conversation, user, member, until));
  }

  /// Bans or unbans a user; throws [RequestRefused] when the user who asks may not.
  public ServerFrame.Builder ban(UserId user, BanUser it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    UserId banned = FromWire.user(it.getUserId());
    Optional<Instant> until = until(it.getBanned(), it.getUntilMs());
    return MemberAnswers.changed(conversation, intake.ban(conversation, user, banned, until));
  }

  // Empty: it ends now.
  private Optional<Instant> until(boolean on, long untilMs) {
    if (!on) {
      return Optional.empty();
    }
    if (untilMs != 0 && untilMs <= clock.millis()) {
      throw RequestRefused.invalid(
          "until_ms: " + untilMs + " (expected: a time to come, or 0 for none)");
    }
    return Optional.of(
        untilMs == 0 || untilMs > LAST.toEpochMilli()
            ? Until.NEVER
            : Instant.ofEpochMilli(untilMs));
  }

  /// Lists who is banned; throws [RequestRefused] when the user may not.
  public ServerFrame.Builder listBanned(UserId user, ListBanned it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    String after = it.getAfterUserId();
    if (!after.isEmpty()) {
      after = FromWire.user(after).value();
    }
    int limit = FromWire.limit(it.getLimit(), BANS);
    return switch (bans.read(conversation, user, after, limit)) {
      case Ban.Listing.NotFound() -> throw RequestRefused.noConversation();
      case Ban.Listing.Forbidden() -> throw MemberAnswers.refusal(MemberChange.Refusal.FORBIDDEN);
      case Ban.Listing.Page page ->
          ServerFrame.newBuilder()
              .setBannedPage(
                  BannedPage.newBuilder()
                      .setConversationId(conversation.toString())
                      .addAllBans(page.bans().stream().map(GovernanceRequests::ban).toList())
                      .setHasAfter(page.hasAfter()));
    };
  }

  private static tern.v1.Ban ban(Ban it) {
    return tern.v1.Ban.newBuilder()
        .setUserId(it.user().value())
        .setBannedById(it.by().value())
        .setBannedAtMs(it.at().toEpochMilli())
        .setUntilMs(it.until().toEpochMilli())
        .build();
  }

  /// Deletes a conversation as one of its owners; throws [RequestRefused] when the user is none.
  public ServerFrame.Builder delete(UserId user, DeleteConversation it) {
    return delete(FromWire.conversation(it.getConversationId()), Optional.of(user));
  }

  /// Deletes any conversation, for the app's backend; throws [RequestRefused] when there is none.
  public ServerFrame.Builder erase(ConversationId conversation) {
    return delete(conversation, Optional.empty());
  }

  private ServerFrame.Builder delete(ConversationId conversation, Optional<UserId> actor) {
    if (intake.delete(conversation, actor) instanceof MemberChange.Refused(var reason)) {
      throw MemberAnswers.refusal(reason);
    }
    return ServerFrame.newBuilder()
        .setConversationDeleted(
            ConversationDeleted.newBuilder().setConversationId(conversation.toString()));
  }
}
