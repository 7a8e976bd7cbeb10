// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Stored;

/// One conversation as it truly is: the store's messages as they were sent, what became of them,
/// and who could see which of them.
final class Room {
  private final Stored stored;
  private final List<Item> messages;
  private final Map<String, List<Stay>> stays;
  private final Timeline timeline;
  private final Rights rights;
  private final Shelves shelves;

  Room(Stored stored, Map<String, List<Stay>> stays, Rights rights, Shelves shelves) {
    this.stored = stored;
    this.rights = rights;
    this.shelves = shelves;
    this.timeline = new Timeline(stored.past());
    // Of a deleted conversation only the notes tell what was said.
    this.messages =
        stored.endedAt() > 0
            ? timeline.allSent()
            : stored.messages().stream()
                .map(kept -> timeline.sent(kept.sequence()).orElse(kept))
                .toList();
    this.stays = stays;
  }

  Stored stored() {
    return stored;
  }

  Timeline timeline() {
    return timeline;
  }

  /// Whether the user could see a message through all of the run.
  boolean alwaysSees(String user, long sequence) {
    List<Stay> all = stays(user);
    return all.size() == 1
        && all.getFirst().lasts()
        && all.getFirst().joined() <= 1
        && all.getFirst().visibleFrom() <= sequence
        && !shelves.everCleared(user, sequence);
  }

  Rights rights() {
    return rights;
  }

  /// Who may watch.
  Gate gate() {
    return new Gate(stored.rules().audience(), rights);
  }

  /// What stands for the membership of who reads a page of history because they may watch; nobody
  /// reads pins in that way.
  Optional<Stay> watching(ClientLog client, Seen.HistoryRead page, long askedAt) {
    return Optional.of(Stay.WATCHING)
        .filter(
            _ ->
                !page.direction().equals("pinned")
                    && gate().couldWatch(client, askedAt, page.at()));
  }

  /// Whether a client's user may have been one who watches, and no member, at a moment between two
  /// times: they know of the conversation, and are told what they lack.
  boolean couldOnlyWatch(ClientLog client, long from, long to) {
    return gate().couldWatch(client, from, to)
        && rights.couldBe(client.user(), from, to, it -> !it.isMember());
  }

  Shelves shelves() {
    return shelves;
  }

  /// How many countable messages had been sent when `revision` was the newest: in an OPEN
  /// conversation none.
  long countableAt(long revision) {
    if (stored.rules().audience().isOpen()) {
      return 0;
    }
    return messages.stream()
        .filter(item -> item.revision() <= revision && item.countable() && !item.isSystem())
        .count();
  }

  /// The messages, each as it was sent.
  List<Item> messages() {
    return messages;
  }

  Optional<Item> message(long sequence) {
    int at = indexOf(sequence);
    return at < messages.size() && messages.get(at).sequence() == sequence
        ? Optional.of(messages.get(at))
        : Optional.empty();
  }

  /// The stay in which the user could see a message, if there was one.
  Optional<Stay> stayThatSees(String user, long sequence, long revision) {
    return stayAt(user, revision).filter(stay -> stay.visibleFrom() <= sequence);
  }

  /// The messages between two sequences, both included.
  List<Item> between(long first, long last) {
    int from = indexOf(first);
    return messages.subList(from, Math.max(from, indexOf(last + 1)));
  }

  /// The highest sequence when `revision` was the newest.
  long headAt(long revision) {
    int low = 0;
    int high = messages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (messages.get(middle).revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : messages.get(low - 1).sequence();
  }

  List<Stay> stays(String user) {
    return stays.getOrDefault(user, List.of());
  }

  Optional<Stay> stayAt(String user, long revision) {
    for (Stay stay : stays(user)) {
      if (stay.covers(revision)) {
        return Optional.of(stay);
      }
    }
    return Optional.empty();
  }

  /// The stay that lasts at the end of the run.
  Optional<Stay> stay(String user) {
    List<Stay> all = stays(user);
    return all.isEmpty() || !all.getLast().lasts() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// Whether the user came back at a revision after `after`, up to `through`.
  boolean rejoined(String user, long after, long through) {
    for (Stay stay : stays(user)) {
      if (after < stay.joined() && stay.joined() <= through) {
        return true;
      }
    }
    return false;
  }

  private int indexOf(long sequence) {
    int low = 0;
    int high = messages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (messages.get(middle).sequence() < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
