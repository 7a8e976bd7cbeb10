// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import tern.loadtest.client.Device;
import tern.loadtest.client.EntryFrames;
import tern.loadtest.client.Frames;
import tern.v1.ClientFrame;
import tern.v1.HistoryVisibility;

/// What a device does about rooms that do not last: founds them, deletes its own and tries to
/// delete others', and comes back to those that are gone. Owned by the device's event loop.
final class Host {
  private static final int FOUNDS = 60;
  private static final int ENDS = 2;
  private static final int TRESPASSES = 60;
  private static final int HAUNTS = 40;
  private static final int MOST_GUESTS = 4;

  private final Device device;
  private final Random random;
  private final Inn inn;
  private final String me;
  private int counter;

  Host(Device device, Random random, Inn inn) {
    this.device = device;
    this.random = random;
    this.inn = inn;
    this.me = device.name().user();
  }

  /// Does one thing, now and then; returns the request when another device of the user is to ask
  /// for it as well.
  Optional<ClientFrame> host() {
    Optional<ClientFrame> wanted = draw();
    wanted.ifPresent(
        it -> {
          // At once and unanswered: the second must be as harmless as one that comes late.
          for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
            device.ask(it);
          }
        });
    return wanted.filter(_ -> random.nextInt(5) == 0);
  }

  private Optional<ClientFrame> draw() {
    List<String> mine = inn.of(me);
    if (!mine.isEmpty() && random.nextInt(ENDS) == 0) {
      return Optional.of(EntryFrames.delete(any(mine)));
    }
    if (random.nextInt(FOUNDS) == 0) {
      return Optional.of(found());
    }
    List<String> others = inn.among(device);
    if (!others.isEmpty() && random.nextInt(TRESPASSES) == 0) {
      return Optional.of(EntryFrames.delete(any(others)));
    }
    return random.nextInt(HAUNTS) == 0
        ? inn.anyEnded(random).flatMap(this::haunt)
        : Optional.empty();
  }

  private String any(List<String> rooms) {
    return rooms.get(random.nextInt(rooms.size()));
  }

  private ClientFrame found() {
    Set<String> others = new TreeSet<>();
    for (int i = random.nextInt(MOST_GUESTS); i >= 0; i--) {
      others.add(inn.anybody(random));
    }
    others.remove(me);
    String key = Inn.key(device.name(), ++counter);
    return Frames.createGroup(
        key,
        others,
        random.nextBoolean()
            ? HistoryVisibility.HISTORY_VISIBILITY_START
            : HistoryVisibility.HISTORY_VISIBILITY_JOINED);
  }

  /// What is answered as if the room had never been.
  private Optional<ClientFrame> haunt(String room) {
    return switch (random.nextInt(7)) {
      case 0 -> Optional.of(EntryFrames.delete(room));
      case 1 -> Optional.of(Frames.readConversation(room));
      case 2 -> Optional.of(Frames.addMembers(room, List.of(me)));
      case 3 -> Optional.of(Frames.edit(room, 1, DrawnId.from(random), me + ":" + room));
      case 4 -> Optional.of(EntryFrames.invite(room, 60, 1));
      case 5 -> {
        device.send(Frames.text(room, DrawnId.from(random), "anybody here?", true));
        yield Optional.empty();
      }
      default -> Optional.of(Frames.historyBefore(room, 0, 10));
    };
  }
}
