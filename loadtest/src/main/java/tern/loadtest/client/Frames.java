// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Optional;
import tern.v1.Acknowledge;
import tern.v1.AddMembers;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.CreateGroup;
import tern.v1.DeleteMessage;
import tern.v1.EditMessage;
import tern.v1.Hello;
import tern.v1.HistoryVisibility;
import tern.v1.LeaveConversation;
import tern.v1.ListPinned;
import tern.v1.MarkRead;
import tern.v1.OpenDirect;
import tern.v1.PinMessage;
import tern.v1.ReadConversation;
import tern.v1.ReadHistory;
import tern.v1.RemoveMembers;
import tern.v1.SendMessage;
import tern.v1.SetReaction;
import tern.v1.SetTyping;
import tern.v1.Text;

/// The requests that scenarios make, each without an id: the device gives it one.
public final class Frames {
  private Frames() {}

  /// The first frame of a session: who comes, and up to where the inbox is known.
  public static ClientFrame hello(String accessToken, DeviceName name, String inboxCursor) {
    return ClientFrame.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setAccessToken(accessToken)
                .setDeviceId(name.device())
                .setInstanceId(name.instance())
                .setInboxCursor(inboxCursor)
                .setClient("tern-loadtest"))
        .build();
  }

  /// A text message.
  public static SendMessage text(
      String conversation, String clientMessageId, String text, boolean countable) {
    return SendMessage.newBuilder()
        .setConversationId(conversation)
        .setClientMessageId(clientMessageId)
        .setContent(content(text))
        .setCountable(countable)
        .build();
  }

  /// Another text for a message.
  public static ClientFrame edit(String conversation, long sequence, String editId, String text) {
    return ClientFrame.newBuilder()
        .setEditMessage(
            EditMessage.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setEditId(editId)
                .setContent(content(text)))
        .build();
  }

  /// Deletes a message for everybody.
  public static ClientFrame delete(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setDeleteMessage(
            DeleteMessage.newBuilder().setConversationId(conversation).setSequence(sequence))
        .build();
  }

  /// Sets one's own reaction to a message, or takes it back.
  public static ClientFrame react(String conversation, long sequence, String reaction, boolean on) {
    return ClientFrame.newBuilder()
        .setSetReaction(
            SetReaction.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setReaction(reaction)
                .setOn(on))
        .build();
  }

  /// Pins a message, or takes the pin away.
  public static ClientFrame pin(String conversation, long sequence, boolean pinned) {
    return ClientFrame.newBuilder()
        .setPinMessage(
            PinMessage.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setPinned(pinned))
        .build();
  }

  /// A page of what is pinned before a sequence, 0 for the newest.
  public static ClientFrame pinned(String conversation, long before, int limit) {
    return ClientFrame.newBuilder()
        .setListPinned(
            ListPinned.newBuilder()
                .setConversationId(conversation)
                .setBefore(before)
                .setLimit(limit))
        .build();
  }

  /// A group with these others from the start.
  public static ClientFrame createGroup(
      String key, Iterable<String> others, HistoryVisibility visibility) {
    return ClientFrame.newBuilder()
        .setCreateGroup(
            CreateGroup.newBuilder()
                .setName(key)
                .setKey(key)
                .addAllUserIds(others)
                .setHistoryVisibility(visibility))
        .build();
  }

  /// The conversation of two.
  public static ClientFrame openDirect(String other) {
    return ClientFrame.newBuilder().setOpenDirect(OpenDirect.newBuilder().setUserId(other)).build();
  }

  /// Adds users to a group.
  public static ClientFrame addMembers(String conversation, Iterable<String> users) {
    return ClientFrame.newBuilder()
        .setAddMembers(AddMembers.newBuilder().setConversationId(conversation).addAllUserIds(users))
        .build();
  }

  /// Removes users from a group.
  public static ClientFrame removeMembers(String conversation, Iterable<String> users) {
    return ClientFrame.newBuilder()
        .setRemoveMembers(
            RemoveMembers.newBuilder().setConversationId(conversation).addAllUserIds(users))
        .build();
  }

  /// Leaves a group.
  public static ClientFrame leave(String conversation) {
    return ClientFrame.newBuilder()
        .setLeaveConversation(LeaveConversation.newBuilder().setConversationId(conversation))
        .build();
  }

  /// Asks for a conversation and its members.
  public static ClientFrame readConversation(String conversation) {
    return ClientFrame.newBuilder()
        .setReadConversation(ReadConversation.newBuilder().setConversationId(conversation))
        .build();
  }

  /// Moves the read marker.
  public static ClientFrame markRead(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setMarkRead(MarkRead.newBuilder().setConversationId(conversation).setSequence(sequence))
        .build();
  }

  /// Says that somebody types.
  public static ClientFrame typing(String conversation) {
    return ClientFrame.newBuilder()
        .setSetTyping(SetTyping.newBuilder().setConversationId(conversation).setTyping(true))
        .build();
  }

  /// A page of what came before a sequence, 0 for the newest.
  public static ClientFrame historyBefore(String conversation, long sequence, int limit) {
    return history(ReadHistory.newBuilder().setBefore(sequence), conversation, limit);
  }

  /// A page of what came after a sequence.
  public static ClientFrame historyAfter(String conversation, long sequence, int limit) {
    return history(ReadHistory.newBuilder().setAfter(sequence), conversation, limit);
  }

  /// A message and its neighbours.
  public static ClientFrame historyAround(String conversation, long sequence, int limit) {
    return history(ReadHistory.newBuilder().setAround(sequence), conversation, limit);
  }

  /// Asks for all that changed since where the device stands; empty opens the conversation.
  public static ClientFrame catchUp(String conversation, Optional<Standing> from) {
    CatchUp.Builder catchUp = CatchUp.newBuilder().setConversationId(conversation);
    from.ifPresent(standing -> catchUp.setPosition(standing.toPosition()));
    return ClientFrame.newBuilder().setCatchUp(catchUp).build();
  }

  /// Says that this device knows of everything up to where it stands.
  public static ClientFrame acknowledge(String conversation, Standing standing) {
    return ClientFrame.newBuilder()
        .setAcknowledge(
            Acknowledge.newBuilder()
                .setConversationId(conversation)
                .setRevision(standing.revision())
                .setSequence(standing.sequence()))
        .build();
  }

  private static Content content(String text) {
    return Content.newBuilder().setText(Text.newBuilder().setText(text)).build();
  }

  private static ClientFrame history(ReadHistory.Builder page, String conversation, int limit) {
    return ClientFrame.newBuilder()
        .setReadHistory(page.setConversationId(conversation).setLimit(limit))
        .build();
  }
}
