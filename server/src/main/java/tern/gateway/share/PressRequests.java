// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.share;

import java.util.Optional;
import java.util.UUID;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.StoredMessage;
import tern.message.history.History;
import tern.message.press.Press;
import tern.message.press.PressList;
import tern.message.press.PressResult;
import tern.message.press.PressWish;
import tern.message.press.Presses;
import tern.v1.Button;
import tern.v1.ButtonPressed;
import tern.v1.ErrorCode;
import tern.v1.ListPresses;
import tern.v1.PressButton;
import tern.v1.PressPage;
import tern.v1.ServerFrame;

/// Presses of cards' buttons: what is on a card is known here alone, who may press it to the store.
public final class PressRequests {
  private static final int PRESSES = 50;
  private static final int MAX_NAME_BYTES = 64;
  // Somebody who edits a card without a pause holds up those who press it, for so long.
  private static final int ATTEMPTS = 5;

  private final History history;
  private final Presses presses;

  /// @param history where a card is read
  public PressRequests(History history, Presses presses) {
    this.history = history;
    this.presses = presses;
  }

  /// Presses a button. Throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder press(UserId user, PressButton it) {
    Press.Card card = card(it.getConversationId(), it.getSequence());
    UUID id = FromWire.uuid("press_id", it.getPressId());
    String button = it.getButtonId();
    if (button.isEmpty() || FromWire.utf8Bytes(button) > MAX_NAME_BYTES) {
      throw RequestRefused.invalid(
          "button_id: "
              + FromWire.utf8Bytes(button)
              + " bytes (expected: 1 to "
              + MAX_NAME_BYTES
              + ")");
    }
    FromWire.bounded("button_id", button, 1, MAX_NAME_BYTES);
    PressResult result = PressResult.Refused.EDITED;
    for (int i = 0; i < ATTEMPTS && result == PressResult.Refused.EDITED; i++) {
      StoredMessage message =
          history
              .read(card.conversation(), user, card.sequence())
              .orElseThrow(RequestRefused::noConversation);
      result =
          presses.press(
              new PressWish(
                  card, user, id, button, message.state().editedAt(), target(message, button)));
    }
    return switch (result) {
      case PressResult.Kept(var press, var isRepeat) ->
          ServerFrame.newBuilder().setButtonPressed(pressed(card, press).setDuplicate(isRepeat));
      case PressResult.Refused reason -> throw refusal(reason);
    };
  }

  private static Optional<PressWish.Target> target(StoredMessage message, String id) {
    return ToWire.body(message).getContent().getCard().getButtonsList().stream()
        .filter(button -> button.getId().equals(id))
        .findFirst()
        .map(PressRequests::target);
  }

  private static PressWish.Target target(Button button) {
    return new PressWish.Target(button.getValue(), button.getOnce());
  }

  private static RequestRefused refusal(PressResult.Refused reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case CONFLICT ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "press_id: taken by a press of another button (expected: a new one for each)");
      case EDITED -> RequestRefused.unavailable("the card is being edited");
      case DELETED ->
          RequestRefused.of(ErrorCode.ERROR_CODE_FORBIDDEN, "the message has been deleted");
      case NO_BUTTON ->
          RequestRefused.invalid("button_id: none of this card's (expected: one that it has now)");
      case LIMIT_REACHED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "presses of this user on this card (expected: at most 100)");
      case BLOCKED -> RequestRefused.forbidden();
    };
  }

  /// Reads a card's presses, as its sender. Throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder list(UserId user, ListPresses it) {
    Press.Card card = card(it.getConversationId(), it.getSequence());
    long after = FromWire.sequence("after", it.getAfter());
    return switch (presses.read(card, user, after, FromWire.limit(it.getLimit(), PRESSES))) {
      case PressList.Page page ->
          ServerFrame.newBuilder()
              .setPressPage(
                  PressPage.newBuilder()
                      .setConversationId(card.conversation().toString())
                      .setSequence(card.sequence())
                      .addAllPresses(page.presses().stream().map(PressRequests::wire).toList())
                      .setHasAfter(page.hasAfter()));
      case PressList.Refused.NOT_FOUND -> throw RequestRefused.noConversation();
      case PressList.Refused.FORBIDDEN ->
          throw RequestRefused.of(ErrorCode.ERROR_CODE_FORBIDDEN, "the card is another's");
    };
  }

  private static Press.Card card(String conversation, long sequence) {
    ConversationId id = FromWire.conversation(conversation);
    if (sequence < 1) {
      throw RequestRefused.invalid("sequence: missing, or beyond 2^63 (expected: a sequence)");
    }
    return new Press.Card(id, sequence);
  }

  /// What a card's sender is told.
  public static ServerFrame.Builder news(Presses.News it) {
    return ServerFrame.newBuilder().setButtonPressed(pressed(it.card(), it.press()));
  }

  private static ButtonPressed.Builder pressed(Press.Card card, Press press) {
    return ButtonPressed.newBuilder()
        .setConversationId(card.conversation().toString())
        .setSequence(card.sequence())
        .setPress(wire(press));
  }

  private static tern.v1.Press wire(Press press) {
    return tern.v1.Press.newBuilder()
        .setNumber(press.number())
        .setUserId(press.user().value())
        .setButtonId(press.button())
        .setValue(press.value())
        .setPressId(press.id().toString())
        .setPressedAtMs(press.at().toEpochMilli())
        .build();
  }
}
