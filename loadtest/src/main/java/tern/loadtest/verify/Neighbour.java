// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Device;
import tern.loadtest.client.PeopleFrames;
import tern.v1.ClientFrame;

/// What a device does about people: blocks and mutes others, for a while whom its user talks to
/// alone, changes how its user is shown, and looks at others. Owned by the device's event loop.
final class Neighbour {
  private static final int BLOCKS_PEER = 10;
  private static final int SELDOM = 25;
  private static final int LEAST_SPELL_MS = 100;
  private static final int MOST_SPELL_MS = 900;

  private final Device device;
  private final Person person;
  private final Random random;
  private final Inn inn;
  private int counter;

  Neighbour(Device device, Person person, Random random, Inn inn) {
    this.device = device;
    this.person = person;
    this.random = random;
    this.inn = inn;
  }

  /// Asks for one thing, now and then; returns it when another device of the user is to ask for it
  /// as well.
  Optional<ClientFrame> meet() {
    List<String> peers = person.peers();
    Optional<ClientFrame> wanted = Optional.empty();
    if (!peers.isEmpty() && random.nextInt(BLOCKS_PEER) == 0) {
      wanted = Optional.of(quarrel(peers.get(random.nextInt(peers.size()))));
    } else if (random.nextInt(SELDOM) == 0) {
      wanted = Optional.of(draw());
    }
    // At once and unanswered: the second must be as harmless as one that comes late.
    wanted.ifPresent(
        it -> {
          for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
            device.ask(it);
          }
        });
    return wanted.filter(_ -> random.nextInt(5) == 0);
  }

  /// Blocks, and is friends again after a while.
  private ClientFrame quarrel(String peer) {
    int spellMs = LEAST_SPELL_MS + random.nextInt(MOST_SPELL_MS);
    ScheduledFuture<?> _ =
        device
            .loop()
            .schedule(
                () -> device.ask(PeopleFrames.block(peer, false)), spellMs, TimeUnit.MILLISECONDS);
    return PeopleFrames.block(peer, random.nextInt(5) != 0);
  }

  private ClientFrame draw() {
    String name = device.name() + " " + ++counter;
    return switch (random.nextInt(10)) {
      case 0 -> PeopleFrames.block(other(), true);
      case 1 -> PeopleFrames.block(other(), false);
      case 2, 3 -> PeopleFrames.mute(other(), random.nextInt(3) != 0);
      case 4 -> PeopleFrames.name(name);
      case 5 -> PeopleFrames.image("https://example.com/" + counter + ".png");
      case 6 -> PeopleFrames.metadata(name, Map.of("by", device.name().toString()));
      default -> PeopleFrames.profiles(some());
    };
  }

  private String other() {
    String me = device.name().user();
    String other = inn.anybody(random);
    while (other.equals(me)) {
      other = inn.anybody(random);
    }
    return other;
  }

  private List<String> some() {
    List<String> some = new ArrayList<>(List.of(other()));
    String second = other();
    if (!some.contains(second)) {
      some.add(second);
    }
    return some;
  }
}
