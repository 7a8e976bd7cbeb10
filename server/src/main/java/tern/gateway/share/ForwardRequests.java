// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tern.gateway.moderation.Moderated;
import tern.gateway.request.Asker;
import tern.gateway.request.Drafts;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Sends;
import tern.gateway.request.ToWire;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.StoredMessage;
import tern.message.history.History;
import tern.store.Pending;
import tern.v1.ErrorCode;
import tern.v1.ForwardMessage;
import tern.v1.ForwardOutcome;
import tern.v1.ForwardTarget;
import tern.v1.Forwarded;
import tern.v1.ForwardedFrom;
import tern.v1.Message;
import tern.v1.ServerFrame;

/// Sends a message's content on to other conversations; each copy goes the way of any message.
public final class ForwardRequests {
  private static final int MAX_TARGETS = 10;

  private final History history;
  private final Sends sends;
  private final LimitsConfig limits;

  /// @param sends whose rate the copies share with all else that a user sends
  public ForwardRequests(History history, Sends sends, LimitsConfig limits) {
    this.history = history;
    this.sends = sends;
    this.limits = limits;
  }

  // What can be sent on, or why nothing can.
  private sealed interface Source {
    record Copy(Message message) implements Source {}

    record Refused(RequestRefused refusal) implements Source {}
  }

  // A copy on its way.
  private record Sent(Draft draft, Pending<Sends.Outcome> outcome) {}

  /// Forwards, and waits until each copy is kept or refused.
  ///
  /// Throws [RequestRefused] when nothing can be forwarded at all.
  public ServerFrame.Builder forward(Asker asker, ForwardMessage it) {
    UserId user = asker.user();
    if (it.getTargetsCount() < 1 || it.getTargetsCount() > MAX_TARGETS) {
      throw RequestRefused.invalid(
          "targets: " + it.getTargetsCount() + " (expected: 1 to " + MAX_TARGETS + ")");
    }
    Source source = source(user, it);
    Optional<Message> copy =
        source instanceof Source.Copy(var message) ? Optional.of(message) : Optional.empty();
    List<Draft> drafts = new ArrayList<>();
    for (ForwardTarget target : it.getTargetsList()) {
      drafts.add(Drafts.forward(it, target, user, copy, limits).withGrants(asker.grants()));
    }
    List<ForwardOutcome> outcomes = outcomes(asker, drafts, source);
    if (source instanceof Source.Refused(var refusal)
        && outcomes.stream().noneMatch(ForwardOutcome::hasAccepted)) {
      throw refusal;
    }
    return ServerFrame.newBuilder().setForwarded(Forwarded.newBuilder().addAllOutcomes(outcomes));
  }

  private Source source(UserId user, ForwardMessage it) {
    if (it.getSequence() < 1) {
      throw RequestRefused.invalid("sequence: missing, or beyond 2^63 (expected: a sequence)");
    }
    Optional<StoredMessage> found =
        history.read(FromWire.conversation(it.getConversationId()), user, it.getSequence());
    if (found.isEmpty()) {
      return new Source.Refused(RequestRefused.noConversation());
    }
    StoredMessage original = found.get();
    if (original.state().deletion().isPresent()) {
      return new Source.Refused(
          RequestRefused.of(ErrorCode.ERROR_CODE_FORBIDDEN, "the message has been deleted"));
    }
    return copy(ToWire.body(original).build(), original.sender(), it.getShowSender());
  }

  private static Source copy(Message original, UserId sender, boolean showSender) {
    if (original.getContent().hasSystem() || original.getContent().hasEncrypted()) {
      return new Source.Refused(
          RequestRefused.invalid(
              "sequence: a system message, or an encrypted one (expected: text, card or custom)"));
    }
    ForwardedFrom.Builder from = ForwardedFrom.newBuilder();
    if (showSender) {
      from.setSenderId(
          original.hasForwarded() ? original.getForwarded().getSenderId() : sender.value());
    }
    return new Source.Copy(
        Message.newBuilder()
            .setContent(original.getContent())
            .setCountable(true)
            .setForwarded(from)
            .build());
  }

  private List<ForwardOutcome> outcomes(Asker asker, List<Draft> drafts, Source source) {
    List<Optional<Sent>> sent = new ArrayList<>();
    List<ForwardOutcome> outcomes = new ArrayList<>();
    for (Draft draft : drafts) {
      ForwardOutcome.Builder outcome = outcome(draft);
      try {
        sends.takeTurn(asker);
        Pending<Sends.Outcome> result = new Pending<>();
        sends.submit(draft, asker.author(), result::complete);
        sent.add(Optional.of(new Sent(draft, result)));
      } catch (RequestRefused tooFast) {
        outcome.setError(tooFast.toWire());
        sent.add(Optional.empty());
      }
      outcomes.add(outcome.build());
    }
    for (int i = 0; i < outcomes.size(); i++) {
      if (sent.get(i).isPresent()) {
        outcomes.set(i, outcome(sent.get(i).get(), source));
      }
    }
    return outcomes;
  }

  private ForwardOutcome outcome(Sent sent, Source source) {
    ForwardOutcome.Builder outcome = outcome(sent.draft());
    Sends.Outcome told = Moderated.await(sent.outcome());
    try {
      return outcome.setAccepted(told.get().getAccepted()).build();
    } catch (RequestRefused refusal) {
      // A draft without a copy fits nowhere: what keeps it out is the original's state.
      boolean isSource = refusal.code() == ErrorCode.ERROR_CODE_TOO_LARGE;
      return outcome
          .setError(
              isSource && source instanceof Source.Refused(var why)
                  ? why.toWire()
                  : refusal.toWire())
          .build();
    }
  }

  private static ForwardOutcome.Builder outcome(Draft draft) {
    return ForwardOutcome.newBuilder()
        .setConversationId(draft.conversation().toString())
        .setClientMessageId(draft.clientMessageId().toString());
  }
}
