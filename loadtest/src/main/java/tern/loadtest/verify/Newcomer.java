// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.loadtest.client.Device;
import tern.loadtest.client.EntryFrames;
import tern.v1.ClientFrame;

/// What a guest's device does to come into ruled rooms without being added: knocks with their keys,
/// which open them at times, with invitations that may have ended, and with what opens nothing.
/// Owned by the device's event loop.
final class Newcomer {
  private static final int WHILE_INSIDE = 12;
  private static final int WHILE_OUTSIDE = 2;

  private final Device device;
  private final Person person;
  private final Random random;
  private final Realm realm;

  Newcomer(Device device, Person person, Random random, Realm realm) {
    this.device = device;
    this.person = person;
    this.random = random;
    this.realm = realm;
  }

  /// Knocks once, now and then; returns the request when another device of the user is to knock as
  /// well.
  Optional<ClientFrame> knock() {
    List<String> rooms = person.visited().stream().filter(realm::isRuled).toList();
    if (rooms.isEmpty()) {
      return Optional.empty();
    }
    String room = rooms.get(random.nextInt(rooms.size()));
    boolean isInside = device.standing(room).isPresent();
    if (random.nextInt(isInside ? WHILE_INSIDE : WHILE_OUTSIDE) != 0) {
      return Optional.empty();
    }
    ClientFrame wanted = draw(room);
    // At once and unanswered: the second must be as harmless as one that comes late.
    for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
      device.ask(wanted);
    }
    return Optional.of(wanted).filter(_ -> random.nextInt(5) == 0);
  }

  private ClientFrame draw(String room) {
    String key = realm.room(room).key();
    return switch (random.nextInt(10)) {
      case 0 -> EntryFrames.joinByKey(key + ".");
      case 1 -> EntryFrames.joinByToken(DrawnId.from(random));
      case 2, 3, 4, 5 -> EntryFrames.joinByKey(key);
      default ->
          realm
              .doors()
              .any(room, random)
              .map(invitation -> EntryFrames.joinByToken(invitation.token()))
              .orElseGet(() -> EntryFrames.joinByKey(key));
    };
  }
}
