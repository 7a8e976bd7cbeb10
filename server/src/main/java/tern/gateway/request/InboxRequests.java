// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.Optional;
import tern.gateway.push.PushWishes;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.inbox.Inbox;
import tern.message.inbox.InboxEntry;
import tern.message.inbox.InboxPage;
import tern.message.inbox.Shelf;
import tern.receipt.Marker;
import tern.receipt.Receipts;
import tern.v1.ArchiveConversation;
import tern.v1.ErrorCode;
import tern.v1.HideConversation;
import tern.v1.InboxEntryChanged;
import tern.v1.ListInbox;
import tern.v1.MarkRead;
import tern.v1.MarkUnread;
import tern.v1.MarkedRead;
import tern.v1.PinConversation;
import tern.v1.SaveDraft;
import tern.v1.ServerFrame;
import tern.v1.SetPushLevel;

/// Requests about a user's conversation list, and what in it is read.
final class InboxRequests {
  private static final int INBOX_ENTRIES = 20;

  private final Inbox inbox;
  private final Shelf shelf;
  private final Receipts receipts;
  private final LimitsConfig limits;

  InboxRequests(Inbox inbox, Shelf shelf, Receipts receipts, LimitsConfig limits) {
    this.inbox = inbox;
    this.shelf = shelf;
    this.receipts = receipts;
    this.limits = limits;
  }

  ServerFrame.Builder list(UserId user, ListInbox it) {
    int limit = FromWire.limit(it.getLimit(), INBOX_ENTRIES);
    return ServerFrame.newBuilder().setInboxPage(ToWire.inboxPage(read(user, it, limit)));
  }

  private InboxPage read(UserId user, ListInbox it, int limit) {
    try {
      if (it.hasPage()) {
        return inbox.page(user, it.getPage(), limit);
      }
      return it.getSince().isEmpty()
          ? inbox.newest(user, FromWire.list(it.getList()), limit)
          : inbox.since(user, it.getSince(), limit);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  ServerFrame.Builder markRead(UserId user, MarkRead it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long sequence = FromWire.sequence("sequence", it.getSequence());
    if (sequence == 0) {
      throw RequestRefused.invalid("sequence: 0 (expected: 1 or more)");
    }
    return marked(receipts.markRead(conversation, user, sequence));
  }

  ServerFrame.Builder markUnread(UserId user, MarkUnread it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long sequence = FromWire.sequence("sequence", it.getSequence());
    if (sequence == 0) {
      throw RequestRefused.invalid("sequence: 0 (expected: 1 or more)");
    }
    return marked(receipts.markUnread(conversation, user, sequence));
  }

  private static ServerFrame.Builder marked(Optional<Marker> found) {
    Marker marker = found.orElseThrow(RequestRefused::noConversation);
    return ServerFrame.newBuilder()
        .setMarkedRead(
            MarkedRead.newBuilder()
                .setConversationId(marker.conversation().toString())
                .setRead(marker.read())
                .setUnread(marker.unread()));
  }

  ServerFrame.Builder archive(UserId user, ArchiveConversation it) {
    Shelf.Slot until = it.getUntilMessage() ? Shelf.Slot.ARCHIVE_UNTIL_MESSAGE : Shelf.Slot.ARCHIVE;
    Shelf.Slot slot = it.getArchived() ? until : Shelf.Slot.MAIN;
    return changed(shelf.put(FromWire.conversation(it.getConversationId()), user, slot));
  }

  // What is cleared has been read first, so that it never counts as unread.
  ServerFrame.Builder hide(UserId user, HideConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    if (!it.getClearHistory()) {
      return changed(shelf.put(conversation, user, Shelf.Slot.HIDDEN));
    }
    Marker marker =
        receipts
            .markRead(conversation, user, Long.MAX_VALUE)
            .orElseThrow(RequestRefused::noConversation);
    return changed(shelf.clear(conversation, user, marker.read()));
  }

  ServerFrame.Builder pin(UserId user, PinConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    return switch (shelf.pin(conversation, user, it.getPinned())) {
      case Shelf.Pinning.Done(var entry) -> changed(Optional.of(entry));
      case Shelf.Pinning.Refused.NOT_FOUND -> throw RequestRefused.noConversation();
      case Shelf.Pinning.Refused.LIMIT_REACHED ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "conversations on top (expected: at most " + Shelf.MAX_PINNED + ")");
    };
  }

  ServerFrame.Builder saveDraft(UserId user, SaveDraft it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long replyTo = FromWire.sequence("reply_to", it.getReplyTo());
    String text = FromWire.bounded("text", it.getText(), 0, Integer.MAX_VALUE);
    if (FromWire.utf8Bytes(text) > limits.contentBytes()) {
      throw RequestRefused.tooLarge(limits);
    }
    return changed(shelf.save(conversation, user, text, replyTo));
  }

  ServerFrame.Builder setPushLevel(UserId user, SetPushLevel it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    return changed(shelf.wake(conversation, user, PushWishes.level("level", it.getLevel())));
  }

  private static ServerFrame.Builder changed(Optional<InboxEntry> entry) {
    return ServerFrame.newBuilder()
        .setInboxEntryChanged(
            InboxEntryChanged.newBuilder()
                .setEntry(ToWire.inboxEntry(entry.orElseThrow(RequestRefused::noConversation))));
  }
}
