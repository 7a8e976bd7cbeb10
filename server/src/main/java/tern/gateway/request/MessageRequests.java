// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.history.History;
import tern.v1.ReadHistory;
import tern.v1.ServerFrame;

/// Requests about what has been said.
final class MessageRequests {
  private static final int HISTORY_ENTRIES = 50;

  private final History history;

  MessageRequests(History history) {
    this.history = history;
  }

  ServerFrame.Builder readHistory(UserId user, ReadHistory it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    History.Where where = FromWire.where(it);
    int limit = FromWire.limit(it.getLimit(), HISTORY_ENTRIES);
    return ServerFrame.newBuilder()
        .setHistoryPage(
            ToWire.historyPage(
                conversation.toString(),
                history
                    .read(conversation, user, where, limit)
                    .orElseThrow(RequestRefused::noConversation)));
  }
}
