// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.time.Duration;
import java.util.function.Consumer;
import tern.gateway.moderation.Moderated;
import tern.message.Draft;
import tern.message.SendResult;
import tern.message.intake.MessageIntake;
import tern.moderation.Author;
import tern.session.TokenBuckets;
import tern.store.Pending;
import tern.v1.Accepted;
import tern.v1.ErrorCode;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// Sending, whatever way it is asked for: the user's rate, the draft, and what the intake's answer
/// means. Any thread may use it.
public final class Sends {
  private final MessageIntake intake;
  private final Moderated moderated;
  private final LimitsConfig limits;
  // So that whatever speaks for a user shares one rate, the session that comes back included.
  private final TokenBuckets users;
  private final TokenBuckets keys;

  /// Sends through the intake, within these limits, what may be sent.
  Sends(MessageIntake intake, Moderated moderated, LimitsConfig limits) {
    this.intake = intake;
    this.moderated = moderated;
    this.limits = limits;
    this.users = new TokenBuckets(limits.messagesPerSecond(), limits.messagesBurst());
    RatesConfig rates = limits.rates();
    this.keys = new TokenBuckets(rates.keyMessagesPerSecond(), rates.keyMessagesBurst());
  }

  /// The draft to hand to the intake; never blocks.
  ///
  /// Throws [RequestRefused] for what comes too fast or can't be a message.
  public Draft draft(Asker asker, SendMessage send) {
    takeTurn(asker);
    return Drafts.of(send, asker.user(), limits).withGrants(asker.grants());
  }

  /// Messages and their changes share one rate, the user's, or in their name the key's: throws
  /// [RequestRefused] for what comes too fast.
  public void takeTurn(Asker asker) {
    if (asker.keyId().isEmpty()) {
      take(users, asker.user().value(), "messages of this user");
    } else {
      takeTurn(asker.keyId());
    }
  }

  /// Likewise, of what this API key asks as the app's backend itself.
  public void takeTurn(String keyId) {
    take(keys, keyId, "messages of this API key");
  }

  private static void take(TokenBuckets buckets, String who, String what) {
    Duration wait = buckets.tryTake(who);
    if (!wait.isZero()) {
      throw RequestRefused.tooFast(what, wait);
    }
  }

  /// What becomes of a draft.
  @FunctionalInterface
  public interface Outcome {
    /// What the sender is told; throws [RequestRefused] when it was not accepted.
    ServerFrame.Builder get();
  }

  /// Has the draft judged, and stored if it passes. Never blocks; `outcome` is called once, on any
  /// thread.
  public void submit(Draft draft, Author author, Consumer<Outcome> outcome) {
    moderated.judge(
        draft,
        author,
        passed -> intake.send(passed, result -> outcome.accept(() -> answer(draft, result))),
        refusal ->
            outcome.accept(
                () -> {
                  throw refusal;
                }));
  }

  /// What the sender of the draft is told; throws [RequestRefused] when it was not accepted.
  public ServerFrame.Builder answer(Draft draft, SendResult result) {
    return switch (result) {
      case SendResult.Accepted it ->
          ServerFrame.newBuilder()
              .setAccepted(
                  Accepted.newBuilder()
                      .setConversationId(draft.conversation().toString())
                      .setClientMessageId(draft.clientMessageId().toString())
                      .setSequence(it.sequence())
                      .setRevision(it.revision())
                      .setCreatedAtMs(it.createdAt().toEpochMilli())
                      .setDuplicate(it.duplicate()));
      case SendResult.TooEarly(var wait) ->
          throw RequestRefused.tooFast(
              "messages of this user, for the group has a slow mode", wait);
      case SendResult.AnswersNothing(var last) ->
          throw RequestRefused.invalid(
              "reply_to: "
                  + draft.replyTo()
                  + " (expected: at most "
                  + last
                  + ", the conversation's last message)");
      case SendResult.Refused.TOO_LARGE -> throw moderated.tooLarge(draft.fits());
      case SendResult.Refused reason -> throw refusal(reason);
    };
  }

  private RequestRefused refusal(SendResult.Refused reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case FORBIDDEN -> RequestRefused.forbidden();
      case CONFLICT ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "client_message_id: taken by another message (expected: a new one for each message)");
      case TOO_LARGE -> RequestRefused.tooLarge(limits);
      case ROLE_TOO_LOW ->
          forbidden("your role does not post here (expected: the group's post_role)");
      case FROZEN -> forbidden("the group is frozen (expected: a moderator, an owner, or later)");
      case MUTED -> forbidden("you are muted (expected: to be unmuted, or the mute's end)");
      case UNAVAILABLE -> RequestRefused.unavailable();
      case INTERNAL -> RequestRefused.internal();
    };
  }

  private static RequestRefused forbidden(String why) {
    return RequestRefused.of(ErrorCode.ERROR_CODE_FORBIDDEN, why);
  }

  // Blocks until the intake has answered, which its deadline and that of the hook bound.
  ServerFrame.Builder send(Asker asker, SendMessage send) {
    Draft draft = draft(asker, send);
    Pending<Outcome> outcome = new Pending<>();
    submit(draft, asker.author(), outcome::complete);
    return Moderated.await(outcome).get();
  }
}
