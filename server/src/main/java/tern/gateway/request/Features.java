// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import tern.conversation.Conversations;
import tern.delivery.TypingHints;
import tern.gateway.search.SearchRequests;
import tern.message.history.CatchUp;
import tern.message.history.EditHistory;
import tern.message.history.History;
import tern.message.inbox.Inbox;
import tern.message.intake.MessageIntake;
import tern.moderation.Moderation;
import tern.receipt.Receipts;

/// What clients can ask for.
public record Features(
    MessageIntake intake,
    Conversations conversations,
    CatchUp catchUp,
    History history,
    EditHistory edits,
    Inbox inbox,
    Receipts receipts,
    TypingHints typing,
    SearchRequests search,
    Moderation moderation) {}
