// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Map;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.ForwardMessage;
import tern.v1.ForwardTarget;
import tern.v1.PressButton;
import tern.v1.SendMessage;

/// Cards, their buttons, and what is forwarded, each request without an id.
public final class ShareFrames {
  /// A button that each user presses once.
  public static final String ONCE = "once";

  /// A button that may be pressed often.
  public static final String OFTEN = "often";

  private ShareFrames() {}

  /// A card with a button of either kind.
  public static SendMessage card(String conversation, String clientMessageId, String title) {
    Card card =
        Card.newBuilder()
            .setTitle(title)
            .addButtons(Button.newBuilder().setId(ONCE).setLabel("Yes").setValue("y").setOnce(true))
            .addButtons(Button.newBuilder().setId(OFTEN).setLabel("More").setValue("m"))
            .build();
    return SendMessage.newBuilder()
        .setConversationId(conversation)
        .setClientMessageId(clientMessageId)
        .setContent(Content.newBuilder().setCard(card))
        .setCountable(true)
        .build();
  }

  /// A press of a button.
  public static ClientFrame press(
      String conversation, long sequence, String button, String pressId) {
    return ClientFrame.newBuilder()
        .setPressButton(
            PressButton.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setButtonId(button)
                .setPressId(pressId))
        .build();
  }

  /// Forwards a message; `targets` names the client message id for each conversation.
  public static ClientFrame forward(
      String conversation, long sequence, boolean showsSender, Map<String, String> targets) {
    ForwardMessage.Builder forward =
        ForwardMessage.newBuilder()
            .setConversationId(conversation)
            .setSequence(sequence)
            .setShowSender(showsSender);
    targets.forEach(
        (target, id) ->
            forward.addTargets(
                ForwardTarget.newBuilder().setConversationId(target).setClientMessageId(id)));
    return ClientFrame.newBuilder().setForwardMessage(forward).build();
  }
}
