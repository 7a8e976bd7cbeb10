// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// The messages that a device was shown lately, to change one. Owned by the device's event loop.
final class KnownMessages {
  private static final int KEPT = 160;
  private static final int LATEST = 12;

  /// Where a message stands, who sent it, and whether it was deleted.
  record Known(String conversation, long sequence, String sender, boolean deleted) {}

  private final List<Known> messages = new ArrayList<>();

  void learn(Seen seen) {
    switch (seen) {
      case Seen.Live live ->
          live.step().messages().forEach(item -> add(live.step().conversation(), item));
      case Seen.CatchUpPage page ->
          page.step().messages().forEach(item -> add(page.step().conversation(), item));
      case Seen.HistoryRead page -> page.messages().forEach(item -> add(page.conversation(), item));
      case Seen.Changed changed -> add(changed.wish().conversation(), changed.message());
      default -> {}
    }
  }

  /// One of those that fit, rather one of the latest, so that many changes meet on the same.
  Optional<Known> any(Random random, Predicate<Known> fits) {
    List<Known> fitting = messages.stream().filter(fits).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    int from = random.nextInt(3) == 0 ? 0 : Math.max(0, fitting.size() - LATEST);
    return Optional.of(fitting.get(from + random.nextInt(fitting.size() - from)));
  }

  private void add(String conversation, Item item) {
    if (item.isSystem()) {
      return;
    }
    Known known = new Known(conversation, item.sequence(), item.sender(), item.isDeleted());
    messages.removeIf(
        older -> older.sequence() == known.sequence() && older.conversation().equals(conversation));
    messages.add(known);
    if (messages.size() > KEPT) {
      messages.removeFirst();
    }
  }
}
