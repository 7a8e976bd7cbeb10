// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Device;
import tern.loadtest.client.EntryFrames;
import tern.loadtest.client.Frames;
import tern.loadtest.client.RulingFrames;
import tern.v1.ClientFrame;
import tern.v1.Role;

/// What a member's device does to a room itself and to its members: names it, freezes it, slows it
/// down, says who may do what, gives roles, mutes and bans; asks again, and tries what it may not.
/// What keeps others from posting it soon takes back. Owned by the device's event loop.
final class Ruler {
  // Members ask for what they may not much less often than founders for what they may.
  private static final int FOUNDER_ACTS = 1;
  private static final int MEMBER_ACTS = 60;
  private static final int LEAST_SPELL_MS = 100;
  private static final int MOST_SPELL_MS = 900;
  private static final int LEAST_LIFETIME_SECONDS = 60;
  private static final int PEACE_TRIES = 10;
  private static final int PEACE_PAUSE_MS = 250;

  private final Device device;
  private final Person person;
  private final Random random;
  private final Realm realm;
  private final String me;
  private int counter;

  Ruler(Device device, Person person, Random random, Realm realm) {
    this.device = device;
    this.person = person;
    this.random = random;
    this.realm = realm;
    this.me = device.name().user();
  }

  /// Asks for one change, now and then; returns it when another device of the user is to ask for it
  /// as well.
  Optional<ClientFrame> rule() {
    List<String> rooms = realm.among(device);
    if (rooms.isEmpty()) {
      return Optional.empty();
    }
    String conversation = rooms.get(random.nextInt(rooms.size()));
    boolean isFounder = realm.room(conversation).founder().equals(me);
    if (random.nextInt(isFounder ? FOUNDER_ACTS : MEMBER_ACTS) != 0) {
      return Optional.empty();
    }
    Optional<ClientFrame> again =
        random.nextInt(4) == 0 ? person.rulings().any(random) : Optional.empty();
    ClientFrame change = again.orElseGet(() -> draw(conversation, realm.room(conversation)));
    person.rulings().add(change);
    // At once and unanswered: the second must be as harmless as one that comes late.
    for (int i = random.nextInt(6) == 0 ? 2 : 1; i > 0; i--) {
      device.ask(change);
    }
    return Optional.of(change).filter(_ -> random.nextInt(6) == 0);
  }

  /// Sees to it that nobody has to wait any more in what this user founded.
  void makePeace() {
    for (int i = 0; i < PEACE_TRIES; i++) {
      later(
          1 + i * PEACE_PAUSE_MS,
          () ->
              realm
                  .foundedBy(me)
                  .forEach(conversation -> device.ask(RulingFrames.slow(conversation, 0))));
    }
  }

  private ClientFrame draw(String conversation, Realm.Room room) {
    return switch (random.nextInt(47)) {
      case 0, 1, 2 -> RulingFrames.rename(conversation, device.name() + " " + ++counter);
      case 3, 4 ->
          RulingFrames.image(
              conversation,
              random.nextInt(4) == 0
                  ? ""
                  : "https://example.com/" + device.name().user() + ++counter + ".png");
      case 5, 6 ->
          RulingFrames.metadata(
              conversation, Map.of("by", device.name().toString(), "no", "" + ++counter));
      case 7 ->
          spell(RulingFrames.freeze(conversation, true), RulingFrames.freeze(conversation, false));
      case 8 -> spell(RulingFrames.slow(conversation, 1), RulingFrames.slow(conversation, 0));
      case 9 ->
          spell(
              RulingFrames.postRole(conversation, role()),
              RulingFrames.postRole(conversation, Role.ROLE_MEMBER));
      case 10 -> RulingFrames.addRole(conversation, role());
      case 11 -> RulingFrames.settingsRole(conversation, role());
      case 12 -> RulingFrames.pinRole(conversation, role());
      case 13, 14 -> RulingFrames.removeRole(conversation, role());
      case 15, 16 -> RulingFrames.deleteRole(conversation, role());
      case 17 -> remove(conversation, room.somebody(random));
      case 18, 19, 20, 21, 22, 23, 24, 25, 26 ->
          RulingFrames.role(conversation, room.somebody(random), role());
      case 27, 28, 29, 30, 31, 32, 33, 34, 35 -> mute(conversation, room.somebody(random));
      case 36, 37, 38, 39 -> ban(conversation, room.somebody(random));
      default -> door(conversation);
    };
  }

  /// Ways into the room, and their ends.
  private ClientFrame door(String conversation) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> RulingFrames.joinable(conversation, true);
      case 2 -> RulingFrames.joinable(conversation, false);
      case 3 ->
          realm
              .doors()
              .any(conversation, random)
              .map(invitation -> EntryFrames.revoke(conversation, invitation.id()))
              .orElseGet(() -> EntryFrames.revoke(conversation, DrawnId.from(random)));
      default -> EntryFrames.invite(conversation, LEAST_LIFETIME_SECONDS, random.nextInt(4));
    };
  }

  private Role role() {
    return switch (random.nextInt(5)) {
      case 0 -> Role.ROLE_OWNER;
      case 1, 2 -> Role.ROLE_MODERATOR;
      default -> Role.ROLE_MEMBER;
    };
  }

  private ClientFrame mute(String conversation, String user) {
    return spell(
        RulingFrames.mute(conversation, user, true, end()),
        RulingFrames.mute(conversation, user, false, 0));
  }

  /// Whoever was there is asked back when the ban has ended.
  private ClientFrame ban(String conversation, String user) {
    int spellMs = LEAST_SPELL_MS + random.nextInt(MOST_SPELL_MS);
    later(spellMs, () -> device.ask(RulingFrames.ban(conversation, user, false, 0)));
    later(
        spellMs + MOST_SPELL_MS, () -> device.ask(Frames.addMembers(conversation, List.of(user))));
    return RulingFrames.ban(conversation, user, true, end());
  }

  /// Whoever was there is asked back soon.
  private ClientFrame remove(String conversation, String user) {
    List<String> users = List.of(user);
    later(MOST_SPELL_MS, () -> device.ask(Frames.addMembers(conversation, users)));
    return Frames.removeMembers(conversation, users);
  }

  private long end() {
    return random.nextBoolean()
        ? 0
        : System.currentTimeMillis() + LEAST_SPELL_MS + random.nextInt(2 * MOST_SPELL_MS);
  }

  /// The first, and in a while the second.
  private ClientFrame spell(ClientFrame first, ClientFrame second) {
    later(LEAST_SPELL_MS + random.nextInt(MOST_SPELL_MS), () -> device.ask(second));
    return first;
  }

  private void later(int waitMs, Runnable step) {
    ScheduledFuture<?> _ = device.loop().schedule(step, waitMs, TimeUnit.MILLISECONDS);
  }
}
