// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.Map;
import java.util.UUID;
import tern.v1.ArchiveConversation;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.CreateInvitation;
import tern.v1.ForwardMessage;
import tern.v1.ForwardTarget;
import tern.v1.HideConversation;
import tern.v1.InboxList;
import tern.v1.JoinConversation;
import tern.v1.ListInbox;
import tern.v1.ListInvitations;
import tern.v1.ListPresses;
import tern.v1.MarkUnread;
import tern.v1.PinConversation;
import tern.v1.PressButton;
import tern.v1.PushLevel;
import tern.v1.RevokeInvitation;
import tern.v1.SaveDraft;
import tern.v1.SendMessage;
import tern.v1.SetPushLevel;
import tern.v1.UpdateConversation;

/// Frames about what a user keeps for himself, in a line each.
public final class PersonalRequests {
  private PersonalRequests() {}

  /// Reads a list from its start.
  public static ClientFrame.Builder list(InboxList list, int limit) {
    return ClientFrame.newBuilder()
        .setListInbox(ListInbox.newBuilder().setList(list).setLimit(limit));
  }

  /// Archives, for good.
  public static ClientFrame.Builder archive(String conversation) {
    return ClientFrame.newBuilder()
        .setArchiveConversation(
            ArchiveConversation.newBuilder().setConversationId(conversation).setArchived(true));
  }

  /// Archives until somebody writes.
  public static ClientFrame.Builder archiveUntilMessage(String conversation) {
    return ClientFrame.newBuilder()
        .setArchiveConversation(
            ArchiveConversation.newBuilder()
                .setConversationId(conversation)
                .setArchived(true)
                .setUntilMessage(true));
  }

  /// Puts back into the main list.
  public static ClientFrame.Builder unarchive(String conversation) {
    return ClientFrame.newBuilder()
        .setArchiveConversation(ArchiveConversation.newBuilder().setConversationId(conversation));
  }

  /// Hides until somebody writes.
  public static ClientFrame.Builder hide(String conversation) {
    return ClientFrame.newBuilder()
        .setHideConversation(HideConversation.newBuilder().setConversationId(conversation));
  }

  /// Hides, and clears one's own history.
  public static ClientFrame.Builder clear(String conversation) {
    return ClientFrame.newBuilder()
        .setHideConversation(
            HideConversation.newBuilder().setConversationId(conversation).setClearHistory(true));
  }

  /// Says about which messages of a conversation one wants pushes.
  public static ClientFrame.Builder pushLevel(String conversation, PushLevel level) {
    return ClientFrame.newBuilder()
        .setSetPushLevel(SetPushLevel.newBuilder().setConversationId(conversation).setLevel(level));
  }

  /// Puts on top, or takes down.
  public static ClientFrame.Builder onTop(String conversation, boolean pinned) {
    return ClientFrame.newBuilder()
        .setPinConversation(
            PinConversation.newBuilder().setConversationId(conversation).setPinned(pinned));
  }

  /// Saves a draft.
  public static ClientFrame.Builder draft(String conversation, String text) {
    return ClientFrame.newBuilder()
        .setSaveDraft(
            SaveDraft.newBuilder()
                .setConversationId(conversation)
                .setText(text)
                .setReplyTo(text.isEmpty() ? 0 : 1));
  }

  /// Forwards to these conversations, under these client message ids.
  public static ClientFrame.Builder forward(
      String conversation, long sequence, boolean showSender, Map<String, UUID> targets) {
    ForwardMessage.Builder forward =
        ForwardMessage.newBuilder()
            .setConversationId(conversation)
            .setSequence(sequence)
            .setShowSender(showSender);
    targets.forEach(
        (room, id) ->
            forward.addTargets(
                ForwardTarget.newBuilder()
                    .setConversationId(room)
                    .setClientMessageId(id.toString())));
    return ClientFrame.newBuilder().setForwardMessage(forward);
  }

  /// Sends a card with these buttons; of a name that ends with "once" each user presses it once.
  public static ClientFrame.Builder card(String conversation, String... buttons) {
    Card.Builder card = Card.newBuilder().setTitle("Lunch?");
    for (String button : buttons) {
      card.addButtons(button(button));
    }
    return ClientFrame.newBuilder()
        .setSendMessage(
            SendMessage.newBuilder()
                .setConversationId(conversation)
                .setClientMessageId(UUID.randomUUID().toString())
                .setContent(Content.newBuilder().setCard(card)));
  }

  private static Button.Builder button(String id) {
    return Button.newBuilder()
        .setId(id)
        .setLabel(id)
        .setValue("value of " + id)
        .setOnce(id.endsWith("once"));
  }

  /// Presses a button.
  public static ClientFrame.Builder press(
      String conversation, long sequence, String button, UUID id) {
    return ClientFrame.newBuilder()
        .setPressButton(
            PressButton.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setButtonId(button)
                .setPressId(id.toString()));
  }

  /// Reads the presses after a number.
  public static ClientFrame.Builder presses(
      String conversation, long sequence, long after, int limit) {
    return ClientFrame.newBuilder()
        .setListPresses(
            ListPresses.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setAfter(after)
                .setLimit(limit));
  }

  /// Makes an invitation for a week; 0: any number may use it.
  public static ClientFrame.Builder invite(String conversation, int maxUses) {
    return ClientFrame.newBuilder()
        .setCreateInvitation(
            CreateInvitation.newBuilder().setConversationId(conversation).setMaxUses(maxUses));
  }

  /// Lists invitations.
  public static ClientFrame.Builder invitations(String conversation) {
    return ClientFrame.newBuilder()
        .setListInvitations(ListInvitations.newBuilder().setConversationId(conversation));
  }

  /// Revokes an invitation.
  public static ClientFrame.Builder uninvite(String conversation, String invitation) {
    return ClientFrame.newBuilder()
        .setRevokeInvitation(
            RevokeInvitation.newBuilder()
                .setConversationId(conversation)
                .setInvitationId(invitation));
  }

  /// Joins by a token.
  public static ClientFrame.Builder join(String token) {
    return ClientFrame.newBuilder()
        .setJoinConversation(JoinConversation.newBuilder().setToken(token));
  }

  /// Joins by a key.
  public static ClientFrame.Builder joinByKey(String key) {
    return ClientFrame.newBuilder().setJoinConversation(JoinConversation.newBuilder().setKey(key));
  }

  /// Lets a group be joined by its key, or no longer.
  public static ClientFrame.Builder joinable(String conversation, boolean joinable) {
    return ClientFrame.newBuilder()
        .setUpdateConversation(
            UpdateConversation.newBuilder()
                .setConversationId(conversation)
                .setJoinableByKey(joinable));
  }

  /// Marks as unread from a message on.
  public static ClientFrame.Builder markUnread(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setMarkUnread(
            MarkUnread.newBuilder().setConversationId(conversation).setSequence(sequence));
  }
}
