// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.UUID;
import java.util.function.Consumer;
import tern.gateway.request.Drafts;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Turn;
import tern.message.Draft;
import tern.message.MessageChange;
import tern.moderation.Author;
import tern.moderation.Candidate;
import tern.moderation.ModeratedContent;
import tern.moderation.Moderation;
import tern.moderation.Verdict;
import tern.store.Pending;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Message;

/// Has drafts and edits judged before the intake takes them. What tells a repeat stays that of what
/// the client sent, whatever is stored in its place. The server's own messages do not come by here.
public final class Moderated {
  private final Moderation moderation;
  private final LimitsConfig limits;

  /// Asks this moderation.
  public Moderated(Moderation moderation, LimitsConfig limits) {
    this.moderation = moderation;
    this.limits = limits;
  }

  /// Has a draft judged. Never blocks; one of the two is called once, on any thread, in the order
  /// of the sender in the conversation.
  ///
  /// @param pass takes the draft as it is to be stored
  public void judge(
      Draft draft, Author author, Consumer<Draft> pass, Consumer<RequestRefused> refuse) {
    // What does not fit is not stored either way: the intake says so, or knows it for a repeat.
    if (!draft.fits() || !moderation.isNeeded(draft.conversation(), draft.sender())) {
      pass.accept(draft);
      return;
    }
    ContentView content = view(draft.body());
    Candidate candidate =
        new Candidate(
            draft.conversation(),
            draft.sender(),
            author,
            draft.clientMessageId().value(),
            draft.clientMessageId().value(),
            draft.contentHash(),
            0,
            content);
    moderation.judge(
        candidate,
        verdict -> {
          switch (verdict) {
            case Verdict.Passed(var it) ->
                pass.accept(it.equals(content) ? draft : Drafts.with(draft, message(it)));
            case Verdict.NotJudged _ -> pass.accept(Drafts.asRepeat(draft));
            case Verdict.Refused(var reason) -> refuse.accept(refused(reason));
            case Verdict.Unavailable _ -> refuse.accept(unavailable());
          }
        });
  }

  /// The edit as it is to be stored. Blocks, aside from those who wait for the store.
  ///
  /// Throws [RequestRefused] when it must not be.
  ///
  /// @param message the client message id of the one that is edited
  public MessageChange.Edit judge(MessageChange.Edit edit, UUID message, Author author) {
    MessageChange.Target target = edit.target();
    if (!moderation.isNeeded(target.conversation(), target.actor())) {
      return edit;
    }
    ContentView content = view(edit.body());
    Candidate candidate =
        new Candidate(
            target.conversation(),
            target.actor(),
            author,
            edit.editId(),
            message,
            edit.contentHash(),
            target.sequence(),
            content);
    Pending<Verdict> pending = new Pending<>();
    moderation.judge(candidate, pending::complete);
    return switch (await(pending)) {
      case Verdict.Passed(var it) -> it.equals(content) ? edit : Drafts.with(edit, message(it));
      case Verdict.NotJudged _ -> Drafts.asRepeat(edit);
      case Verdict.Refused(var reason) -> throw refused(reason);
      case Verdict.Unavailable _ -> throw unavailable();
    };
  }

  /// What is told of a draft or edit that the intake found beyond the limits of content. One that
  /// kept them was to pass as a repeat alone and was none: its sender could not send it when it
  /// came, and can by now.
  public RequestRefused tooLarge(boolean fits) {
    return fits ? unavailable() : RequestRefused.tooLarge(limits);
  }

  /// Throws [RequestRefused] when the rules refuse or would mask what others see of it beside
  /// messages: a name, a reaction, an image's address, metadata. No hook is asked, and what a rule
  /// would flag passes: there is no message to look at.
  public void checkLabels(ClientFrame request) {
    moderation
        .refusalOf(Labels.of(request))
        .ifPresent(
            reason -> {
              throw refused(reason);
            });
  }

  /// Waits for an answer that a verdict precedes; aside from those who wait for the store.
  public static <T> T await(Pending<T> pending) {
    return Turn.aside(pending::await);
  }

  private ContentView view(ByteString body) {
    try {
      return new ContentView(Message.parseFrom(body), limits);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a body of our own does not decode", e);
    }
  }

  private static Message message(ModeratedContent it) {
    return ((ContentView) it).message();
  }

  private static RequestRefused refused(String reason) {
    return RequestRefused.of(
        ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION,
        reason.isEmpty() ? "the app's rules do not allow this" : reason);
  }

  private static RequestRefused unavailable() {
    return RequestRefused.unavailable("messages can't be judged now");
  }
}
