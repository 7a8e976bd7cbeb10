// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.function.BiFunction;
import tern.conversation.Conversations;
import tern.delivery.TypingHints;
import tern.id.UserId;
import tern.message.history.CatchUp;
import tern.message.history.EditHistory;
import tern.message.history.History;
import tern.message.inbox.Inbox;
import tern.message.intake.MessageIntake;
import tern.presence.LocalPresence;
import tern.receipt.Receipts;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// What clients can ask for.
///
/// @param people answers requests about people
public record Features(
    MessageIntake intake,
    Conversations conversations,
    CatchUp catchUp,
    History history,
    EditHistory edits,
    Inbox inbox,
    Receipts receipts,
    TypingHints typing,
    LocalPresence presence,
    BiFunction<UserId, ClientFrame, ServerFrame.Builder> people) {}
