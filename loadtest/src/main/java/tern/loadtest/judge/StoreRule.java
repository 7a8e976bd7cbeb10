// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;

/// The store by itself: sequences from 1 without gaps, revisions that grow with them, nothing
/// twice, nothing written by somebody who was no member then, or might not post, or not so soon.
final class StoreRule implements Rule {
  // From the moment that a message's time tells to the note of it.
  private static final long NOTING = 300_000_000L;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (Room room : truth.rooms()) {
      check(room, findings);
    }
  }

  private static void check(Room room, Findings findings) {
    String conversation = room.stored().conversation();
    Set<List<String>> ids = new HashSet<>();
    Set<String> texts = new HashSet<>();
    Map<String, Item> last = new HashMap<>();
    long expected = 1;
    long revision = 0;
    for (Item item : room.messages()) {
      findings.check(
          Invariant.GAPS,
          item.sequence() == expected,
          "store: %s goes on with %s (expected: sequence %s)",
          conversation,
          item,
          expected);
      findings.check(
          Invariant.DISORDERED,
          item.revision() > revision,
          "store: %s has %s after revision %s",
          conversation,
          item,
          revision);
      if (!item.isSystem()) {
        checkWritten(room, item, ids, texts, findings);
        checkPace(room, Optional.ofNullable(last.put(item.sender(), item)), item, findings);
      }
      expected = item.sequence() + 1;
      revision = item.revision();
    }
    findings.check(
        Invariant.GAPS,
        room.stored().lastSequence() == expected - 1,
        "store: %s counts to %s, its messages to %s",
        conversation,
        room.stored().lastSequence(),
        expected - 1);
  }

  /// Of two messages that a slow mode took, the second waited.
  private static void checkPace(Room room, Optional<Item> before, Item item, Findings findings) {
    Rights rights = room.rights();
    long slow = rights.before(item.sender(), item.revision()).slowMs();
    if (slow > 0 && before.isPresent()) {
      Item earlier = before.get();
      boolean wasSlow = rights.before(item.sender(), earlier.revision()).slowMs() > 0;
      long waited = rights.notedAt(item.revision()) - rights.notedAt(earlier.revision());
      findings.check(
          Invariant.LEAKED,
          !wasSlow || waited >= slow * 1_000_000 - NOTING,
          "store: %s has %s %s ns after %s (expected: %s ms)",
          room.stored().conversation(),
          item,
          waited,
          earlier,
          slow);
    }
  }

  private static void checkWritten(
      Room room, Item item, Set<List<String>> ids, Set<String> texts, Findings findings) {
    String conversation = room.stored().conversation();
    boolean isNew = ids.add(List.of(item.sender(), item.clientMessageId()));
    findings.check(
        Invariant.DUPLICATED,
        (item.isForwarded() || texts.add(item.text())) && isNew,
        "store: %s has twice %s",
        conversation,
        item);
    findings.check(
        Invariant.LEAKED,
        room.stayAt(item.sender(), item.revision()).isPresent()
            && !room.rights()
                .before(item.sender(), item.revision())
                .isBarredAt(room.rights().notedAtMs(item.revision())),
        "store: %s has %s of somebody who was no member, or might not post",
        conversation,
        item);
  }
}
