// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.loadtest.client.Device;
import tern.loadtest.client.Frames;
import tern.loadtest.history.Seen;
import tern.v1.ClientFrame;

/// What a member's device does to messages that are there: edits, deletes, reacts, pins, asks
/// again, and tries what it may not. Owned by the device's event loop.
final class Reviser {
  private static final List<String> USUAL = List.of("👍", "❤️", "😂", "😮", "🙏", "ok");
  // More than a message takes, on one message of each large room, so that the limit is met.
  private static final int KINDS = 24;
  private static final int MOTLEY = 2;
  private static final long NOWHERE = 1_000_000;

  private final Device device;
  private final Person person;
  private final Random random;
  private final Hotspot hotspot;
  private final KnownMessages known = new KnownMessages();
  private final String me;
  private int counter;

  Reviser(Device device, Person person, Random random, Hotspot hotspot) {
    this.device = device;
    this.person = person;
    this.random = random;
    this.hotspot = hotspot;
    this.me = device.name().user();
  }

  /// Takes note of what the device was shown.
  void learn(Seen seen) {
    known.learn(seen);
  }

  /// Asks for one change; returns it when another device of the user is to ask for it as well.
  Optional<ClientFrame> revise() {
    boolean moderates = !person.owned().isEmpty() && random.nextInt(3) < 2;
    Optional<ClientFrame> change = moderates ? moderate() : chooseChange(random.nextInt(100));
    change.ifPresent(this::ask);
    return change.filter(_ -> random.nextInt(8) == 0);
  }

  private void ask(ClientFrame change) {
    person.changes().add(change);
    // At once and unanswered: the second must be as harmless as one that comes late.
    for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
      device.ask(change);
    }
  }

  private Optional<ClientFrame> chooseChange(int draw) {
    if (draw < 26) {
      return own().map(this::edit);
    } else if (draw < 58) {
      return standing().map(this::react);
    } else if (draw < 66) {
      return person.changes().any(random);
    } else if (draw < 72) {
      return person.changes().anyEdit(random).map(this::otherContent);
    } else if (draw < 82) {
      return own().map(message -> Frames.delete(message.conversation(), message.sequence()));
    } else if (draw < 91) {
      return standing().map(this::pin);
    } else if (draw < 96) {
      return deletedOrOthers();
    }
    return unseen();
  }

  /// As the owner of a room: pins, and deletes what others wrote.
  private Optional<ClientFrame> moderate() {
    return known
        .any(random, message -> person.owned().containsKey(message.conversation()))
        .map(
            message ->
                random.nextInt(4) == 0
                    ? Frames.delete(message.conversation(), message.sequence())
                    : pin(message));
  }

  private Optional<KnownMessages.Known> own() {
    return known.any(random, message -> message.sender().equals(me) && !message.deleted());
  }

  private Optional<KnownMessages.Known> standing() {
    return known.any(random, message -> !message.deleted());
  }

  private ClientFrame edit(KnownMessages.Known message) {
    return edit(message.conversation(), message.sequence(), DrawnId.from(random));
  }

  private ClientFrame edit(String conversation, long sequence, String editId) {
    String text = device.name() + ":edit:" + ++counter;
    return Frames.edit(conversation, sequence, editId, text);
  }

  private ClientFrame otherContent(ClientFrame edit) {
    return edit(
        edit.getEditMessage().getConversationId(),
        edit.getEditMessage().getSequence(),
        edit.getEditMessage().getEditId());
  }

  private ClientFrame react(KnownMessages.Known message) {
    String room = message.conversation();
    return hotspot.isLarge(room) && random.nextInt(4) == 0
        ? Frames.react(room, MOTLEY, "kind" + random.nextInt(KINDS), random.nextInt(12) != 0)
        : Frames.react(
            room,
            message.sequence(),
            USUAL.get(random.nextInt(USUAL.size())),
            random.nextInt(3) != 0);
  }

  private ClientFrame pin(KnownMessages.Known message) {
    return Frames.pin(message.conversation(), message.sequence(), random.nextInt(4) != 0);
  }

  /// What is deleted already, or not one's own to edit or delete.
  private Optional<ClientFrame> deletedOrOthers() {
    boolean ofDeleted = random.nextBoolean();
    return known
        .any(random, message -> ofDeleted ? message.deleted() : !message.sender().equals(me))
        .map(
            message ->
                switch (random.nextInt(ofDeleted ? 4 : 2)) {
                  case 0 -> edit(message);
                  case 1 -> Frames.delete(message.conversation(), message.sequence());
                  case 2 -> react(message);
                  default -> pin(message);
                });
  }

  /// What this user may not see: from before the joining, of a room that was left, or nowhere.
  private Optional<ClientFrame> unseen() {
    List<String> visited = person.visited();
    boolean isVisit = !visited.isEmpty() && random.nextInt(3) != 0;
    return known
        .any(random, message -> !isVisit || person.isGuestOf(message.conversation()))
        .map(
            message ->
                new KnownMessages.Known(
                    message.conversation(),
                    isVisit ? 1 + random.nextLong(message.sequence()) : NOWHERE,
                    "",
                    false))
        .map(
            message ->
                switch (random.nextInt(4)) {
                  case 0 -> edit(message);
                  case 1 -> Frames.delete(message.conversation(), message.sequence());
                  case 2 -> pin(message);
                  default -> react(message);
                });
  }
}
