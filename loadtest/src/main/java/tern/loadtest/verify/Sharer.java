// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tern.loadtest.client.Device;
import tern.loadtest.client.ShareFrames;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.v1.ClientFrame;
import tern.v1.SendMessage;

/// What a member's device passes on: forwards what it was shown, presses the buttons of cards, and
/// asks again. Owned by the device's event loop.
final class Sharer {
  private static final String CARD = ":card:";
  private static final int SELDOM = 14;
  private static final int CARDS_KEPT = 24;
  private static final int MOST_TARGETS = 3;

  private final Device device;
  private final Person person;
  private final Random random;
  private final KnownMessages known = new KnownMessages();
  private final List<Card> cards = new ArrayList<>();
  private int counter;

  private record Card(String conversation, long sequence) {}

  Sharer(Device device, Person person, Random random) {
    this.device = device;
    this.person = person;
    this.random = random;
  }

  /// Takes note of what the device was shown.
  void learn(Seen seen) {
    known.learn(seen);
    switch (seen) {
      case Seen.Live live -> learn(live.step().conversation(), live.step().messages());
      case Seen.CatchUpPage page -> learn(page.step().conversation(), page.step().messages());
      default -> {}
    }
  }

  private void learn(String conversation, List<Item> items) {
    for (Item item : items) {
      if (item.text().contains(CARD)) {
        cards.add(new Card(conversation, item.sequence()));
      }
    }
    while (cards.size() > CARDS_KEPT) {
      cards.removeFirst();
    }
  }

  /// A card to send instead of a text, now and then.
  Optional<SendMessage> card(String conversation) {
    return random.nextInt(30) == 0
        ? Optional.of(
            ShareFrames.card(conversation, DrawnId.from(random), device.name() + CARD + ++counter))
        : Optional.empty();
  }

  /// Asks for one thing, now and then; returns it when another device of the user is to ask for it
  /// as well.
  Optional<ClientFrame> share() {
    if (random.nextInt(SELDOM) != 0) {
      return Optional.empty();
    }
    Optional<ClientFrame> again =
        random.nextInt(3) == 0 ? person.shares().any(random) : Optional.empty();
    Optional<ClientFrame> wanted = again.or(() -> random.nextInt(5) < 3 ? forward() : press());
    wanted.ifPresent(
        it -> {
          person.shares().add(it);
          // At once and unanswered: the second must be as harmless as one that comes late.
          for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
            device.ask(it);
          }
        });
    return wanted.filter(_ -> random.nextInt(4) == 0);
  }

  private Optional<ClientFrame> press() {
    if (cards.isEmpty()) {
      return Optional.empty();
    }
    Card card = cards.get(random.nextInt(cards.size()));
    String button = random.nextBoolean() ? ShareFrames.ONCE : ShareFrames.OFTEN;
    return Optional.of(
        ShareFrames.press(card.conversation(), card.sequence(), button, DrawnId.from(random)));
  }

  private Optional<ClientFrame> forward() {
    List<String> rooms = new ArrayList<>(device.conversations());
    return known
        .any(random, _ -> !rooms.isEmpty())
        .map(
            message -> {
              Map<String, String> targets = new LinkedHashMap<>();
              for (int i = random.nextInt(MOST_TARGETS); i >= 0; i--) {
                targets.put(rooms.get(random.nextInt(rooms.size())), DrawnId.from(random));
              }
              return ShareFrames.forward(
                  message.conversation(), message.sequence(), random.nextBoolean(), targets);
            });
  }
}
