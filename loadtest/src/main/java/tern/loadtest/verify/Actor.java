// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tern.loadtest.client.Device;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Standing;
import tern.v1.ClientFrame;
import tern.v1.ListInbox;
import tern.v1.SendMessage;

/// One member's device that does something at random every now and then, as its own random numbers
/// say. Owned by the device's event loop.
final class Actor {
  private static final int MEAN_PAUSE_MS = 220;
  private static final int OLD_STANDINGS = 12;
  private static final int MAX_WAITING = 30;
  // Of so many messages one goes over REST alone.
  private static final int REST = 10;
  private static final int MAX_AWAY_MS = 1_200;

  private final Device device;
  private final Recorder recorder;
  private final Person person;
  private final Random random;
  private final Hotspot hotspot;
  private final Reviser reviser;
  private final Sharer sharer;
  private final Composer composer;
  private final Courier courier;
  private final Ruler ruler;
  private final Arranger arranger;
  private final Newcomer newcomer;
  private final Host host;
  private final Neighbour neighbour;
  private final Doorman doorman;
  private final Map<String, Deque<Standing>> older = new HashMap<>();
  private String olderCursor = "";
  private int counter;
  private boolean isActive;

  Actor(
      Device device,
      Courier courier,
      Recorder recorder,
      Person person,
      Random random,
      Places places) {
    this.device = device;
    this.courier = courier;
    this.recorder = recorder;
    this.person = person;
    this.random = random;
    this.hotspot = places.hotspot();
    this.reviser = new Reviser(device, person, random, hotspot);
    this.arranger = new Arranger(device, person, random);
    this.ruler = new Ruler(device, person, random, places.realm());
    this.newcomer = new Newcomer(device, person, random, places.realm());
    this.host = new Host(device, random, places.inn());
    this.neighbour = new Neighbour(device, person, random, places.inn());
    this.doorman = new Doorman(device, random, places.stage());
    this.sharer = new Sharer(device, person, random);
    this.composer = new Composer(device, random, places.inn());
    recorder.onSeen(
        seen -> {
          reviser.learn(seen);
          sharer.learn(seen);
        });
    recorder.onFrame(places::learn);
    person.carries(this);
  }

  Device device() {
    return device;
  }

  /// Who takes messages along over REST.
  Courier courier() {
    return courier;
  }

  Recorder recorder() {
    return recorder;
  }

  /// Acts from now on.
  void begin() {
    isActive = true;
    pause();
  }

  /// Acts no more, and sees to it that the device is connected.
  void rest() {
    isActive = false;
    device.start();
    ruler.makePeace();
  }

  /// Sends a message at once, besides the usual.
  void hurry() {
    if (isActive && device.isWelcome()) {
      send();
    }
  }

  private void pause() {
    ScheduledFuture<?> _ =
        device
            .loop()
            .schedule(this::act, 1 + random.nextInt(2 * MEAN_PAUSE_MS), TimeUnit.MILLISECONDS);
  }

  private void act() {
    if (!isActive) {
      return;
    }
    if (device.isWelcome()) {
      chooseAction(random.nextInt(100));
    }
    pause();
  }

  private void chooseAction(int draw) {
    changeMembers();
    reviser.revise().ifPresent(this::elsewhere);
    ruler.rule().ifPresent(this::elsewhere);
    arranger.arrange().ifPresent(this::elsewhere);
    sharer.share().ifPresent(this::elsewhere);
    newcomer.knock().ifPresent(this::elsewhere);
    host.host().ifPresent(this::elsewhere);
    neighbour.meet().ifPresent(this::elsewhere);
    doorman.attend().ifPresent(this::elsewhere);
    if (random.nextBoolean()) {
      leave();
    }
    if (draw < 50) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        send();
      }
    } else if (draw < 54) {
      sendAgain();
    } else if (draw < 60) {
      acknowledge();
    } else if (draw < 66) {
      markRead();
    } else if (draw < 76) {
      catchUp();
    } else if (draw < 81) {
      readHistory();
    } else if (draw < 84) {
      lookAround();
    } else if (draw < 86) {
      visit();
    } else if (draw < 89) {
      leave();
    } else if (draw < 92) {
      disconnect();
    } else {
      reviser.revise();
    }
  }

  private void send() {
    Optional<String> room = anyRoom();
    if (room.isEmpty() || device.unaccepted() >= MAX_WAITING) {
      return;
    }
    String text = device.name() + ":" + ++counter;
    SendMessage message =
        sharer
            .card(room.get())
            .orElseGet(
                () -> Frames.text(room.get(), DrawnId.from(random), text, random.nextInt(20) != 0));
    message = composer.compose(message);
    person.sent().add(message);
    if (random.nextInt(REST) != 0 || !courier.carry(message)) {
      device.send(message);
    }
    if (random.nextInt(8) == 0) {
      sendElsewhere(message);
    }
  }

  /// Repeats one of the user's messages, several times at once, here and on another device.
  private void sendAgain() {
    person
        .sent()
        .any(random)
        .ifPresent(
            message -> {
              for (int i = random.nextInt(3); i >= 0; i--) {
                device.send(message);
              }
              if (random.nextBoolean()) {
                sendElsewhere(message);
              }
              if (random.nextBoolean()) {
                boolean _ = courier.carry(message);
              }
            });
  }

  private void sendElsewhere(SendMessage message) {
    onOther(other -> other.send(message));
  }

  /// Asks for the same on another device of this user.
  private void elsewhere(ClientFrame change) {
    onOther(other -> other.ask(change));
  }

  private void onOther(Consumer<Device> step) {
    person
        .otherThan(this)
        .ifPresent(
            other ->
                other
                    .device
                    .loop()
                    .execute(
                        () -> {
                          if (other.isActive) {
                            step.accept(other.device);
                          }
                        }));
  }

  private void acknowledge() {
    for (String room : device.conversations()) {
      device.acknowledge(room);
      Deque<Standing> standings = older.computeIfAbsent(room, _ -> new ArrayDeque<>());
      device.standing(room).ifPresent(standings::addLast);
      if (standings.size() > OLD_STANDINGS) {
        standings.removeFirst();
      }
    }
    if (random.nextInt(4) == 0) {
      olderCursor = device.cursor();
    }
  }

  private void markRead() {
    anyRoom()
        .flatMap(
            room ->
                device
                    .standing(room)
                    .filter(standing -> standing.sequence() > 0)
                    .map(
                        standing ->
                            Frames.markRead(
                                room,
                                random.nextBoolean()
                                    ? standing.sequence()
                                    : 1 + random.nextLong(standing.sequence()))))
        .ifPresent(device::ask);
  }

  private void catchUp() {
    Optional<String> room = random.nextBoolean() ? hotspot.among(device) : anyRoom();
    if (room.isEmpty()) {
      return;
    }
    Deque<Standing> standings = older.getOrDefault(room.get(), new ArrayDeque<>());
    Optional<Standing> now = device.standing(room.get());
    int draw = random.nextInt(20);
    if (draw == 0 && now.isPresent()) {
      device.catchUpFrom(
          room.get(),
          new Standing(UUID.randomUUID().toString(), now.get().revision(), now.get().sequence()));
    } else if (draw == 1 && now.isPresent()) {
      device.catchUpFrom(
          room.get(),
          new Standing(now.get().epoch(), now.get().revision() + 1_000_000, Integer.MAX_VALUE));
    } else if (draw < 12 && !standings.isEmpty()) {
      List<Standing> all = new ArrayList<>(standings);
      device.catchUpFrom(room.get(), all.get(random.nextInt(all.size())));
    } else {
      device.catchUp(room.get());
    }
  }

  private void readHistory() {
    anyRoom()
        .ifPresent(
            room -> {
              long head = device.standing(room).map(Standing::sequence).orElse(0L);
              long at = random.nextLong(head + 2);
              int limit = 1 + random.nextInt(40);
              device.ask(
                  switch (random.nextInt(5)) {
                    case 3 -> Frames.pinned(room, random.nextBoolean() ? 0 : at, limit);
                    case 0 -> Frames.historyBefore(room, at, limit);
                    case 1 -> Frames.historyAfter(room, at, limit);
                    case 2 -> Frames.historyAround(room, Math.max(1, at), limit);
                    default -> Frames.historyBefore(room, 0, limit);
                  });
            });
  }

  private void lookAround() {
    if (random.nextBoolean()) {
      device.ask(ClientFrame.newBuilder().setListInbox(ListInbox.newBuilder().setLimit(5)).build());
    } else {
      anyRoom()
          .ifPresent(
              room ->
                  device.ask(
                      random.nextBoolean() ? Frames.readConversation(room) : Frames.typing(room)));
    }
  }

  /// Tries the rooms where this user comes and goes, member at the moment or not.
  private void visit() {
    List<String> rooms = person.visited();
    if (!rooms.isEmpty()) {
      String room = rooms.get(random.nextInt(rooms.size()));
      device.ask(
          random.nextBoolean() ? Frames.historyBefore(room, 0, 10) : Frames.readConversation(room));
    }
  }

  private void leave() {
    List<String> rooms = device.conversations().stream().filter(person::isGuestOf).toList();
    if (!rooms.isEmpty()) {
      device.ask(Frames.leave(rooms.get(random.nextInt(rooms.size()))));
    }
  }

  private void changeMembers() {
    List<String> rooms = new ArrayList<>(person.owned().keySet());
    if (rooms.isEmpty()) {
      return;
    }
    String room = rooms.get(random.nextInt(rooms.size()));
    List<String> guests = new ArrayList<>(person.owned().getOrDefault(room, List.of()));
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0 && !guests.isEmpty(); i--) {
      some.add(guests.remove(random.nextInt(guests.size())));
    }
    if (!some.isEmpty()) {
      device.ask(
          random.nextInt(3) < 2 ? Frames.addMembers(room, some) : Frames.removeMembers(room, some));
    }
  }

  private void disconnect() {
    device.stop(random.nextBoolean());
    // Never none: a list from the start does not tell what was left, and what the device has stays.
    boolean fallsBack = random.nextInt(4) == 0 && !olderCursor.isEmpty();
    String cursor = fallsBack ? olderCursor : device.cursor();
    ScheduledFuture<?> _ =
        device
            .loop()
            .schedule(
                () -> device.startFrom(cursor),
                20 + random.nextInt(MAX_AWAY_MS),
                TimeUnit.MILLISECONDS);
  }

  /// Any room that this device has opened: a hot one often, a large one seldom.
  private Optional<String> anyRoom() {
    if (random.nextInt(8) == 0) {
      Optional<String> hot = hotspot.among(device);
      if (hot.isPresent()) {
        return hot;
      }
    }
    List<String> rooms = new ArrayList<>(device.conversations());
    if (rooms.isEmpty()) {
      return Optional.empty();
    }
    String room = rooms.get(random.nextInt(rooms.size()));
    boolean isLarge = hotspot.isLarge(room);
    return Optional.of(
        isLarge && random.nextInt(4) != 0 ? rooms.get(random.nextInt(rooms.size())) : room);
  }
}
