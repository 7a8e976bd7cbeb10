// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.util.List;
import tern.conversation.Member;
import tern.gateway.request.ToWire;
import tern.gateway.share.PressRequests;
import tern.gateway.socket.FrameCodec;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Committed;
import tern.message.LiveFrames;
import tern.message.inbox.InboxUpdate;
import tern.message.press.Presses;
import tern.receipt.Marker;
import tern.session.OutgoingFrame;
import tern.v1.Changes;
import tern.v1.Envelope;
import tern.v1.ReactionChange;
import tern.v1.Receipt;
import tern.v1.ServerFrame;
import tern.v1.Typing;

/// What the server sends by itself, as frames that are encoded once for all who get them.
public final class News implements LiveFrames {
  @Override
  public OutgoingFrame message(Committed.MessageStored it) {
    return envelope(
        it.membershipRevision(),
        step(it.conversation(), it.revision(), it.message().sequence())
            .addMessages(ToWire.message(it.message())));
  }

  @Override
  public OutgoingFrame members(
      ConversationId conversation, long revision, long sequence, List<Member> members) {
    return envelope(
        revision, step(conversation, revision, sequence).addAllMembers(ToWire.members(members)));
  }

  @Override
  public OutgoingFrame settings(Committed.SettingsChanged it) {
    return envelope(
        it.membershipRevision(),
        step(it.conversation(), it.revision(), it.sequence())
            .setConversation(ToWire.conversation(it.settings())));
  }

  @Override
  public OutgoingFrame changed(Committed.MessageChanged it) {
    return envelope(
        it.membershipRevision(),
        step(it.conversation(), it.revision(), it.sequence())
            .addMessages(ToWire.message(it.message())));
  }

  @Override
  public OutgoingFrame reacted(Committed.Reacted it) {
    return envelope(
        it.membershipRevision(),
        step(it.conversation(), it.revision(), it.sequence())
            .addReactions(
                ReactionChange.newBuilder()
                    .setSequence(it.message())
                    .setUserId(it.reaction().target().actor().value())
                    .setReaction(it.reaction().reaction())
                    .setOn(it.reaction().on())
                    .setCount(it.count())));
  }

  @Override
  public OutgoingFrame step(
      ConversationId conversation, long revision, long membershipRevision, long sequence) {
    return envelope(membershipRevision, step(conversation, revision, sequence));
  }

  private static OutgoingFrame envelope(long membershipRevision, Changes.Builder changes) {
    return frame(
        ServerFrame.newBuilder()
            .setEnvelope(
                Envelope.newBuilder()
                    .setMembershipRevision(membershipRevision)
                    .setChanges(changes)));
  }

  private static Changes.Builder step(ConversationId conversation, long revision, long sequence) {
    return Changes.newBuilder()
        .setConversationId(conversation.toString())
        .setAfter(revision - 1)
        .setThrough(revision)
        .setSequence(sequence);
  }

  /// How far members of a conversation have come.
  public OutgoingFrame receipt(ConversationId conversation, List<Marker> markers) {
    Receipt.Builder receipt = Receipt.newBuilder().setConversationId(conversation.toString());
    for (Marker marker : markers) {
      receipt.addMarkers(
          tern.v1.Marker.newBuilder()
              .setUserId(marker.user().value())
              .setDelivered(marker.delivered())
              .setRead(marker.read()));
    }
    return frame(ServerFrame.newBuilder().setReceipt(receipt));
  }

  /// What changed in a user's conversation list.
  public OutgoingFrame inboxUpdate(InboxUpdate update) {
    return frame(ServerFrame.newBuilder().setInboxUpdate(ToWire.inboxUpdate(update)));
  }

  /// A button of a card was pressed.
  public OutgoingFrame pressed(Presses.News pressed) {
    return frame(PressRequests.news(pressed));
  }

  static OutgoingFrame typing(ConversationId conversation, UserId user, boolean typing) {
    return frame(
        ServerFrame.newBuilder()
            .setTyping(
                Typing.newBuilder()
                    .setConversationId(conversation.toString())
                    .setUserId(user.value())
                    .setTyping(typing)));
  }

  static OutgoingFrame frame(ServerFrame.Builder frame) {
    ServerFrame built = frame.build();
    return new OutgoingFrame(subprotocol -> FrameCodec.encode(subprotocol, built));
  }
}
