// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.loadtest.client.Device;
import tern.loadtest.client.ShelfFrames;
import tern.loadtest.client.Standing;
import tern.v1.ClientFrame;

/// What a member's device arranges for its user alone: archives, hides and clears conversations,
/// puts them on top, keeps them quiet, begins to write, marks as unread; and asks again. Owned by
/// the device's event loop.
final class Arranger {
  private static final int SELDOM = 6;
  // In the year 2100.
  private static final long FAR_AHEAD_MS = 4_102_444_800_000L;

  private final Device device;
  private final Person person;
  private final Random random;
  private int counter;

  Arranger(Device device, Person person, Random random) {
    this.device = device;
    this.person = person;
    this.random = random;
  }

  /// Asks for one thing, now and then; returns it when another device of the user is to ask for it
  /// as well.
  Optional<ClientFrame> arrange() {
    List<String> rooms = new ArrayList<>(device.conversations());
    if (rooms.isEmpty() || random.nextInt(SELDOM) != 0) {
      return Optional.empty();
    }
    String room = rooms.get(random.nextInt(rooms.size()));
    Optional<ClientFrame> again =
        random.nextInt(5) == 0 ? person.arrangements().any(random) : Optional.empty();
    ClientFrame wanted = again.orElseGet(() -> draw(room));
    person.arrangements().add(wanted);
    // At once and unanswered: the second must be as harmless as one that comes late.
    for (int i = random.nextInt(6) == 0 ? 2 : 1; i > 0; i--) {
      device.ask(wanted);
    }
    return Optional.of(wanted).filter(_ -> random.nextInt(5) == 0);
  }

  private ClientFrame draw(String room) {
    return switch (random.nextInt(23)) {
      case 0, 1, 2 -> ShelfFrames.archive(room, true, false);
      case 3, 4, 5 -> ShelfFrames.archive(room, true, true);
      case 6, 7 -> ShelfFrames.archive(room, false, false);
      case 8, 9 -> ShelfFrames.hide(room, false);
      case 10 -> ShelfFrames.hide(room, true);
      case 11, 12 -> ShelfFrames.top(room, true);
      case 13 -> ShelfFrames.top(room, false);
      case 14, 15, 16 -> ShelfFrames.draft(room, device.name() + ":draft:" + ++counter);
      case 17 -> ShelfFrames.draft(room, "");
      case 18, 19 -> ShelfFrames.quiet(room, FAR_AHEAD_MS + ++counter);
      case 20 -> ShelfFrames.quiet(room, 0);
      default -> ShelfFrames.unread(room, 1 + random.nextLong(head(room) + 1));
    };
  }

  private long head(String room) {
    return device.standing(room).map(Standing::sequence).orElse(0L);
  }
}
