// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Sockets;
import tern.loadtest.target.Target;
import tern.v1.ClientFrame;
import tern.v1.Message;
import tern.v1.ServerFrame;

/// A device that sends texts which hold the moment they should have left, measures what it gets,
/// and acknowledges at least every 100 ms. Owned by the device's event loop.
final class Talker implements DeviceListener {
  private static final int ACKNOWLEDGE_MS = 100;
  private static final char END = ';';

  private final Figures figures;
  private final int bytes;
  private final Device device;
  private final Map<String, Long> waiting = new HashMap<>();
  private final Set<String> moved = new HashSet<>();
  private BiConsumer<String, Message> onMessage = (_, _) -> {};
  private Runnable onAccepted = () -> {};
  private Optional<String> opened = Optional.empty();

  Talker(Sockets sockets, Target target, String user, Figures figures, int bytes) {
    this.figures = figures;
    this.bytes = bytes;
    this.device =
        new Device(
            sockets,
            sockets.nextLoop(),
            target.address(),
            new DeviceName(user, "device", "app"),
            target.tokens(),
            this,
            new Random(user.hashCode()));
  }

  Device device() {
    return device;
  }

  void onMessage(BiConsumer<String, Message> listener) {
    onMessage = listener;
  }

  void onAccepted(Runnable listener) {
    onAccepted = listener;
  }

  /// The conversation that the last request opened.
  Optional<String> opened() {
    return opened;
  }

  int inFlight() {
    return waiting.size();
  }

  void start() {
    device.start();
    ScheduledFuture<?> _ =
        device
            .loop()
            .scheduleAtFixedRate(
                this::acknowledge,
                ThreadLocalRandom.current().nextInt(ACKNOWLEDGE_MS),
                ACKNOWLEDGE_MS,
                TimeUnit.MILLISECONDS);
  }

  /// Sends now what should have left at `dueNanos`.
  void send(String conversation, long dueNanos) {
    String head = Long.toString(dueNanos) + END;
    String text = head + "x".repeat(Math.max(0, bytes - head.length()));
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    waiting.put(id, dueNanos);
    figures.sent();
    device.send(Frames.text(conversation, id, text, true));
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    switch (frame.getFrameCase()) {
      case ACCEPTED -> {
        Long due = waiting.remove(frame.getAccepted().getClientMessageId());
        if (due != null) {
          figures.accepted(System.nanoTime() - due);
          onAccepted.run();
        }
      }
      case ENVELOPE -> {
        String conversation = frame.getEnvelope().getChanges().getConversationId();
        moved.add(conversation);
        for (Message message : frame.getEnvelope().getChanges().getMessagesList()) {
          receive(conversation, message);
        }
      }
      case CONVERSATION_OPENED ->
          opened = Optional.of(frame.getConversationOpened().getConversation().getConversationId());
      case ERROR -> figures.refused();
      default -> {}
    }
  }

  @Override
  public void closed(int code) {
    figures.closed();
  }

  private void receive(String conversation, Message message) {
    if (!message.getSenderId().equals(device.name().user())) {
      sentNanos(message).ifPresent(sent -> figures.delivered(System.nanoTime() - sent));
      onMessage.accept(conversation, message);
    }
  }

  /// When a message should have left; empty when no talker sent it.
  static OptionalLong sentNanos(Message message) {
    String text = message.getContent().getText().getText();
    int end = text.indexOf(END);
    return end > 0 ? OptionalLong.of(Long.parseLong(text, 0, end, 10)) : OptionalLong.empty();
  }

  private void acknowledge() {
    if (device.isWelcome()) {
      moved.forEach(device::acknowledge);
      moved.clear();
    }
  }
}
