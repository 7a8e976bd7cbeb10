// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import tern.loadtest.client.DeviceName;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.history.PhoneSeen;
import tern.loadtest.history.PhoneWish;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.PushRegistration;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// Writes down what a phone does that bears on pushes. Owned by the phone's event loop.
final class PhoneRecorder {
  // More than any session asks for.
  private static final long OF_A_SESSION = 1_000_000;

  private final DeviceName name;
  private final LongSupplier clock;
  private final List<PhoneSeen> seen = new ArrayList<>();
  private long session;

  PhoneRecorder(DeviceName name, LongSupplier clock) {
    this.name = name;
    this.clock = clock;
  }

  PhoneLog log() {
    return new PhoneLog(name.user(), name.device(), List.copyOf(seen));
  }

  void sent(ClientFrame frame) {
    long now = clock.getAsLong();
    switch (frame.getFrameCase()) {
      case HELLO -> {
        session++;
        boolean looking = frame.getHello().getAppState() != AppState.APP_STATE_BACKGROUND;
        seen.add(new PhoneSeen.Greeted(now, looking));
        if (frame.getHello().getDevice().hasRegistration()) {
          register(now, 0, frame.getHello().getDevice().getRegistration());
        }
      }
      case ACKNOWLEDGE ->
          seen.add(
              new PhoneSeen.Acknowledged(
                  now,
                  frame.getAcknowledge().getConversationId(),
                  frame.getAcknowledge().getSequence()));
      case REGISTER_DEVICE ->
          register(now, frame.getId(), frame.getRegisterDevice().getDevice().getRegistration());
      default ->
          wish(frame)
              .ifPresent(wish -> seen.add(new PhoneSeen.Asked(now, number(frame.getId()), wish)));
    }
  }

  private void register(long now, int id, PushRegistration registration) {
    PhoneWish wish = new PhoneWish.Register(Handset.address(registration));
    seen.add(new PhoneSeen.Asked(now, number(id), wish));
  }

  private long number(int id) {
    return session * OF_A_SESSION + id;
  }

  private static Optional<PhoneWish> wish(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case SEND_MESSAGE -> {
        SendMessage it = frame.getSendMessage();
        yield Optional.of(
            new PhoneWish.Say(it.getConversationId(), it.getClientMessageId(), it.getSilent()));
      }
      case MARK_READ ->
          Optional.of(
              new PhoneWish.Read(
                  frame.getMarkRead().getConversationId(), frame.getMarkRead().getSequence()));
      case DELETE_MESSAGE ->
          Optional.of(
              new PhoneWish.Delete(
                  frame.getDeleteMessage().getConversationId(),
                  frame.getDeleteMessage().getSequence()));
      case MUTE_CONVERSATION ->
          Optional.of(
              new PhoneWish.Mute(
                  frame.getMuteConversation().getConversationId(),
                  frame.getMuteConversation().getMutedUntilMs() > 0));
      case SET_APP_STATE ->
          Optional.of(
              new PhoneWish.Look(
                  frame.getSetAppState().getAppState() == AppState.APP_STATE_FOREGROUND));
      case FORGET_DEVICE -> Optional.of(new PhoneWish.Forget());
      default -> Optional.empty();
    };
  }

  /// A frame came; who refuses a request leaves it unanswered.
  void received(ServerFrame frame, Optional<ClientFrame> asked) {
    long now = clock.getAsLong();
    if (frame.hasWelcome()) {
      seen.add(new PhoneSeen.Came(now));
      seen.add(new PhoneSeen.Answered(now, number(0)));
    } else if (!frame.hasError()) {
      asked
          .filter(it -> it.hasRegisterDevice() || wish(it).isPresent())
          .ifPresent(it -> seen.add(new PhoneSeen.Answered(now, number(it.getId()))));
    }
  }

  void closed() {
    seen.add(new PhoneSeen.Gone(clock.getAsLong()));
  }
}
