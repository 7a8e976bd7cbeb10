// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Sockets;
import tern.loadtest.target.Target;
import tern.v1.Accepted;
import tern.v1.ClientFrame;
import tern.v1.Error;
import tern.v1.HistoryVisibility;
import tern.v1.ServerFrame;

/// Somebody who writes to many others, so many at once. Owned by the device's event loop.
final class Caller implements DeviceListener {
  private static final int AT_ONCE = 8;
  private static final int AGAIN_MS = 100;
  private static final String TEXT = "x".repeat(100);

  private final Device device;
  private final Tally tally;
  private final Map<Integer, String> conversations = new ConcurrentHashMap<>();
  private final Queue<Integer> toOpen = new ArrayDeque<>();
  private final Queue<Integer> toSend = new ArrayDeque<>();
  private volatile Optional<String> group = Optional.empty();
  private boolean isEndless;

  /// What all of them count together.
  static final class Tally {
    final LongAdder opened = new LongAdder();
    final LongAdder accepted = new LongAdder();
    // What was refused first; empty: nothing.
    final AtomicReference<String> refusal = new AtomicReference<>("");
    // By device: when its message was committed, in milliseconds since 1970.
    final AtomicLongArray committedAt;

    Tally(int devices) {
      this.committedAt = new AtomicLongArray(devices);
    }
  }

  Caller(Sockets sockets, Target target, String user, Tally tally) {
    this.tally = tally;
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

  void start() {
    device.loop().execute(device::start);
  }

  boolean isWelcome() {
    return device.isWelcome();
  }

  void stop() {
    device.loop().execute(() -> device.stop(true));
  }

  /// Opens a conversation with each of these.
  void open(Collection<Integer> sleepers) {
    device
        .loop()
        .execute(
            () -> {
              toOpen.addAll(sleepers);
              for (int i = 0; i < AT_ONCE; i++) {
                openNext();
              }
            });
  }

  /// Sends each of these a message.
  void send(Collection<Integer> sleepers) {
    device
        .loop()
        .execute(
            () -> {
              toSend.addAll(sleepers);
              for (int i = 0; i < AT_ONCE; i++) {
                sendNext();
              }
            });
  }

  /// Sends each of these a message, and another one whenever one has been accepted.
  void sendOn(Collection<Integer> sleepers) {
    device
        .loop()
        .execute(
            () -> {
              isEndless = true;
              sleepers.forEach(this::send);
            });
  }

  /// Sends this conversation one message, of which nobody counts when it was committed.
  void say(String conversation) {
    String id = UUID.randomUUID().toString();
    device.loop().execute(() -> device.send(Frames.text(conversation, id, TEXT, true)));
  }

  void endSending() {
    device.loop().execute(() -> isEndless = false);
  }

  /// Opens a group with these; [#group] tells its id when it stands.
  void openGroup(Collection<Integer> sleepers) {
    Iterable<String> users = sleepers.stream().map(Sleeper::user).toList();
    ClientFrame request =
        Frames.createGroup("all of them", users, HistoryVisibility.HISTORY_VISIBILITY_JOINED);
    device.loop().execute(() -> device.ask(request));
  }

  /// The group that was opened.
  Optional<String> group() {
    return group;
  }

  private void openNext() {
    Integer next = toOpen.poll();
    if (next != null) {
      device.ask(Frames.openDirect(Sleeper.user(next)));
    }
  }

  private void sendNext() {
    Integer next = toSend.poll();
    if (next != null) {
      send(next);
    }
  }

  private void send(int sleeper) {
    String conversation = conversations.get(sleeper);
    if (conversation == null) {
      throw new IllegalStateException("no conversation with " + Sleeper.user(sleeper));
    }
    String id = new UUID(ThreadLocalRandom.current().nextLong(), sleeper).toString();
    device.send(Frames.text(conversation, id, TEXT, true));
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    switch (frame.getFrameCase()) {
      case CONVERSATION_OPENED ->
          opened(
              asked.orElseThrow(),
              frame.getConversationOpened().getConversation().getConversationId());
      case ACCEPTED -> accepted(frame.getAccepted());
      case ERROR -> asked.ifPresent(it -> refused(it, frame.getError()));
      default -> {}
    }
  }

  private void opened(ClientFrame asked, String conversation) {
    if (asked.hasCreateGroup()) {
      group = Optional.of(conversation);
      return;
    }
    int sleeper = Sleeper.number(asked.getOpenDirect().getUserId());
    conversations.put(sleeper, conversation);
    tally.opened.increment();
    openNext();
  }

  // The device sees to what it asks for itself, and to messages that may be sent again.
  private void refused(ClientFrame asked, Error error) {
    boolean isOurs = asked.hasOpenDirect() || asked.hasCreateGroup();
    if (isOurs && error.getMayRetry()) {
      ScheduledFuture<?> _ =
          device.loop().schedule(() -> device.ask(asked), AGAIN_MS, TimeUnit.MILLISECONDS);
    } else if (!error.getMayRetry()) {
      tally.refusal.compareAndSet("", error.getMessage());
    }
  }

  private void accepted(Accepted accepted) {
    int sleeper = (int) UUID.fromString(accepted.getClientMessageId()).getLeastSignificantBits();
    if (accepted.getConversationId().equals(conversations.get(sleeper))) {
      tally.committedAt.set(sleeper, accepted.getCreatedAtMs());
      tally.accepted.increment();
      // The device forgets the message after this.
      device.loop().execute(isEndless ? () -> send(sleeper) : this::sendNext);
    }
  }
}
