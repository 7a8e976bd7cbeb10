// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.inbox.Inbox;
import tern.message.inbox.InboxPage;
import tern.receipt.Marker;
import tern.receipt.Receipts;
import tern.v1.ListInbox;
import tern.v1.MarkRead;
import tern.v1.MarkedRead;
import tern.v1.ServerFrame;

/// Requests about a user's conversation list, and what in it is read.
final class InboxRequests {
  private static final int INBOX_ENTRIES = 20;

  private final Inbox inbox;
  private final Receipts receipts;

  InboxRequests(Inbox inbox, Receipts receipts) {
    this.inbox = inbox;
    this.receipts = receipts;
  }

  ServerFrame.Builder list(UserId user, ListInbox it) {
    int limit = FromWire.limit(it.getLimit(), INBOX_ENTRIES);
    return ServerFrame.newBuilder().setInboxPage(ToWire.inboxPage(read(user, it, limit)));
  }

  private InboxPage read(UserId user, ListInbox it, int limit) {
    try {
      return it.hasPage()
          ? inbox.page(user, it.getPage(), limit)
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
    Marker marker =
        receipts.markRead(conversation, user, sequence).orElseThrow(RequestRefused::noConversation);
    return ServerFrame.newBuilder()
        .setMarkedRead(
            MarkedRead.newBuilder()
                .setConversationId(conversation.toString())
                .setRead(marker.read())
                .setUnread(marker.unread()));
  }
}
