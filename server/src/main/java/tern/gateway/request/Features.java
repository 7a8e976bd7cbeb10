// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.function.BiFunction;
import tern.conversation.Conversations;
import tern.conversation.invitation.Invitations;
import tern.conversation.rules.Bans;
import tern.delivery.DeviceMarks;
import tern.delivery.TypingHints;
import tern.device.Devices;
import tern.gateway.search.SearchRequests;
import tern.message.history.CatchUp;
import tern.message.history.EditHistory;
import tern.message.history.History;
import tern.message.inbox.Inbox;
import tern.message.inbox.Shelf;
import tern.message.intake.MessageIntake;
import tern.message.press.Presses;
import tern.moderation.Moderation;
import tern.presence.LocalPresence;
import tern.presence.Whereabouts;
import tern.push.reporting.PushReports;
import tern.receipt.Receipts;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;
import tern.watch.Doors;
import tern.watch.WatchConfig;
import tern.watch.WatchList;
import tern.watch.Watchers;

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
    People people,
    Personal personal,
    SearchRequests search,
    Moderation moderation) {
  /// Who may be a member, who is there and with which devices, and what people ask of one another.
  ///
  /// @param marks up to where their devices have acknowledged
  /// @param answers what they ask
  public record People(
      Bans bans,
      LocalPresence presence,
      Whereabouts whereabouts,
      DeviceMarks marks,
      Devices devices,
      BiFunction<Asker, ClientFrame, ServerFrame.Builder> answers) {}

  /// What a user keeps for himself, what leads from one conversation to another, and what is
  /// watched.
  ///
  /// @param pushReports what their devices tell of pushes
  public record Personal(
      Shelf shelf, Presses presses, Invitations invitations, PushReports pushReports, Open open) {}

  /// Conversations that are watched.
  ///
  /// @param watchers those of this node
  /// @param doors who may watch
  /// @param list who says so
  public record Open(Watchers watchers, Doors doors, WatchList list, WatchConfig config) {}
}
