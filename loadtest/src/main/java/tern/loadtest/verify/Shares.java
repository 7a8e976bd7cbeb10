// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import tern.loadtest.history.Forward;
import tern.loadtest.history.Press;
import tern.v1.ButtonPressed;
import tern.v1.ClientFrame;
import tern.v1.ForwardMessage;
import tern.v1.ForwardOutcome;
import tern.v1.Forwarded;
import tern.v1.PressButton;

/// What the protocol says of forwarding and of presses, as the history's records.
final class Shares {
  private Shares() {}

  /// The forward that a frame asks for, if it asks for one.
  static Optional<Forward> forward(ClientFrame frame) {
    if (!frame.hasForwardMessage()) {
      return Optional.empty();
    }
    ForwardMessage asked = frame.getForwardMessage();
    List<Forward.Target> targets =
        asked.getTargetsList().stream()
            .map(it -> new Forward.Target(it.getConversationId(), it.getClientMessageId()))
            .toList();
    return Optional.of(
        new Forward(
            asked.getConversationId(), asked.getSequence(), asked.getShowSender(), targets));
  }

  /// What was answered.
  static List<Forward.Outcome> outcomes(Forwarded answer) {
    return answer.getOutcomesList().stream().map(Shares::outcome).toList();
  }

  private static Forward.Outcome outcome(ForwardOutcome outcome) {
    return new Forward.Outcome(
        new Forward.Target(outcome.getConversationId(), outcome.getClientMessageId()),
        outcome.getAccepted().getSequence(),
        outcome.getAccepted().getRevision(),
        outcome.hasError() ? Moment.code(outcome.getError()) : "");
  }

  /// The press that a frame asks for, if it asks for one.
  static Optional<Press> press(ClientFrame frame, String user) {
    if (!frame.hasPressButton()) {
      return Optional.empty();
    }
    PressButton asked = frame.getPressButton();
    return Optional.of(
        new Press(
            asked.getConversationId(),
            asked.getSequence(),
            0,
            user,
            asked.getButtonId(),
            "",
            asked.getPressId()));
  }

  /// A press that was told of.
  static Press press(ButtonPressed told) {
    return new Press(
        told.getConversationId(),
        told.getSequence(),
        told.getPress().getNumber(),
        told.getPress().getUserId(),
        told.getPress().getButtonId(),
        told.getPress().getValue(),
        told.getPress().getPressId());
  }
}
