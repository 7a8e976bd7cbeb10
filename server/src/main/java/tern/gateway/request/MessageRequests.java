// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import com.google.protobuf.InvalidProtocolBufferException;
import tern.gateway.moderation.Moderated;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.ChangeReply;
import tern.message.ChangeResult;
import tern.message.MessageChange;
import tern.message.StoredMessage;
import tern.message.history.EditHistory;
import tern.message.history.EditHistory.Result;
import tern.message.history.History;
import tern.message.history.HistoryPage;
import tern.store.Pending;
import tern.v1.DeleteMessage;
import tern.v1.Edit;
import tern.v1.EditMessage;
import tern.v1.ErrorCode;
import tern.v1.ListPinned;
import tern.v1.Message;
import tern.v1.MessageChanged;
import tern.v1.MessageEdits;
import tern.v1.PinMessage;
import tern.v1.ReadEdits;
import tern.v1.ReadHistory;
import tern.v1.ServerFrame;
import tern.v1.SetReaction;

/// Requests about what has been said.
final class MessageRequests {
  private static final int HISTORY_ENTRIES = 50;

  private final History history;
  private final EditHistory edits;
  private final MessageChanger changer;
  private final Moderated moderated;
  private final LimitsConfig limits;

  /// What changes messages: the intake, where each conversation has its order.
  interface MessageChanger {
    void change(MessageChange change, ChangeReply reply);
  }

  MessageRequests(
      History history,
      EditHistory edits,
      MessageChanger changer,
      Moderated moderated,
      LimitsConfig limits) {
    this.history = history;
    this.edits = edits;
    this.changer = changer;
    this.moderated = moderated;
    this.limits = limits;
  }

  ServerFrame.Builder readHistory(Asker asker, ReadHistory it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    History.Where where = FromWire.where(it);
    int limit = FromWire.limit(it.getLimit(), HISTORY_ENTRIES);
    return page(
        conversation,
        history
            .read(conversation, asker.user(), asker.grants(), where, limit)
            .orElseThrow(RequestRefused::noConversation));
  }

  /// For somebody who is known to watch the conversation, and need not be asked about again.
  ServerFrame.Builder readWatched(ReadHistory it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    History.Where where = FromWire.where(it);
    int limit = FromWire.limit(it.getLimit(), HISTORY_ENTRIES);
    return page(
        conversation,
        history.readOpen(conversation, where, limit).orElseThrow(RequestRefused::noConversation));
  }

  ServerFrame.Builder listPinned(UserId user, ListPinned it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long before = before(it.getBefore());
    int limit = FromWire.limit(it.getLimit(), HISTORY_ENTRIES);
    return page(
        conversation,
        history
            .readPinned(conversation, user, before, limit)
            .orElseThrow(RequestRefused::noConversation));
  }

  private static ServerFrame.Builder page(ConversationId conversation, HistoryPage page) {
    return ServerFrame.newBuilder()
        .setHistoryPage(ToWire.historyPage(conversation.toString(), page));
  }

  private static long before(long asked) {
    long before = FromWire.sequence("before", asked);
    return before == 0 ? Long.MAX_VALUE : before;
  }

  ServerFrame.Builder edit(Asker asker, EditMessage it) {
    UserId user = asker.user();
    MessageChange.Target target = target(asker, it.getConversationId(), it.getSequence());
    // The headers that an edit leaves alone never change, so they can be read ahead of it.
    StoredMessage original =
        history
            .read(target.conversation(), user, target.sequence())
            .orElseThrow(MessageRequests::noMessage);
    MessageChange.Edit edit = Drafts.edit(it, target, original, limits);
    // What the business says is nobody's to judge.
    boolean isJudged = !user.equals(UserId.BUSINESS);
    MessageChange.Edit passed =
        isJudged ? moderated.judge(edit, original.clientMessageId().value(), asker.author()) : edit;
    ChangeResult result = changed(passed);
    if (result == ChangeResult.Refused.TOO_LARGE) {
      throw moderated.tooLarge(edit.fits());
    }
    return answer(passed, result);
  }

  ServerFrame.Builder delete(Asker asker, DeleteMessage it) {
    return change(
        new MessageChange.Delete(target(asker, it.getConversationId(), it.getSequence())));
  }

  ServerFrame.Builder react(Asker asker, SetReaction it) {
    return change(
        new MessageChange.React(
            target(asker, it.getConversationId(), it.getSequence()),
            FromWire.reaction(it.getReaction()),
            it.getOn()));
  }

  ServerFrame.Builder pin(Asker asker, PinMessage it) {
    return change(
        new MessageChange.Pin(
            target(asker, it.getConversationId(), it.getSequence()), it.getPinned()));
  }

  private static MessageChange.Target target(Asker asker, String conversation, long sequence) {
    if (sequence < 1) {
      throw RequestRefused.invalid("sequence: missing, or beyond 2^63 (expected: a sequence)");
    }
    return new MessageChange.Target(
        FromWire.conversation(conversation), sequence, asker.user(), asker.grants());
  }

  private ServerFrame.Builder change(MessageChange change) {
    return answer(change, changed(change));
  }

  private ChangeResult changed(MessageChange change) {
    Pending<ChangeResult> pending = new Pending<>();
    changer.change(change, pending::complete);
    return pending.await();
  }

  private ServerFrame.Builder answer(MessageChange change, ChangeResult result) {
    return switch (result) {
      case ChangeResult.Done done ->
          ServerFrame.newBuilder()
              .setMessageChanged(
                  MessageChanged.newBuilder()
                      .setConversationId(change.target().conversation().toString())
                      .setRevision(done.revision())
                      .setMessage(ToWire.message(done.message())));
      case ChangeResult.Refused reason -> throw refusal(reason);
    };
  }

  private RequestRefused refusal(ChangeResult.Refused reason) {
    return switch (reason) {
      case NOT_FOUND -> noMessage();
      case CONFLICT ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "edit_id: taken by another edit of this message (expected: a new one for each)");
      case TOO_LARGE -> RequestRefused.tooLarge(limits);
      case FORBIDDEN ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "the message is another's or the server's, or you may not post or pin here");
      case TOO_LATE ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "too late to edit it (expected: within "
                  + limits.editWindow().toSeconds()
                  + " s of its sending)");
      case DELETED ->
          RequestRefused.of(ErrorCode.ERROR_CODE_FORBIDDEN, "the message has been deleted");
      case LIMIT_REACHED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "as many as there may be (expected: at most 100 edits and 20 kinds of reactions of a"
                  + " message, 50 pins of a conversation)");
      case UNAVAILABLE -> RequestRefused.unavailable();
      case INTERNAL -> RequestRefused.internal();
    };
  }

  // Word for word what an unknown conversation gets: nobody learns which of the two is missing.
  private static RequestRefused noMessage() {
    return RequestRefused.noConversation();
  }

  ServerFrame.Builder readEdits(Asker asker, ReadEdits it) {
    MessageChange.Target target = target(asker, it.getConversationId(), it.getSequence());
    long before = before(it.getBefore());
    return switch (edits.read(target.conversation(), target.actor(), target.sequence(), before)) {
      case Result.Refused.NOT_FOUND -> throw noMessage();
      case Result.Refused.FORBIDDEN -> throw refusal(ChangeResult.Refused.FORBIDDEN);
      case Result.Versions found ->
          ServerFrame.newBuilder()
              .setMessageEdits(
                  MessageEdits.newBuilder()
                      .setConversationId(target.conversation().toString())
                      .setSequence(target.sequence())
                      .addAllEdits(found.versions().stream().map(MessageRequests::edit).toList())
                      .setHasBefore(found.hasBefore()));
    };
  }

  private static Edit edit(EditHistory.Version version) {
    try {
      Message body = Message.parseFrom(version.body());
      return Edit.newBuilder()
          .setRevision(version.revision())
          .setReplacedAtMs(version.replacedAt().toEpochMilli())
          .setContent(body.getContent())
          .setMentions(body.getMentions())
          .putAllMetadata(body.getMetadataMap())
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "a replaced body does not decode at revision " + version.revision(), e);
    }
  }
}
