// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// A page of history holds the messages nearest to where it was asked, without holes, and says
/// truly whether there are more on either side.
final class HistoryPageRule implements Rule {
  private static final String PINNED = "pinned";

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      Requests requests = new Requests();
      for (Seen seen : client.seen()) {
        requests.note(seen);
        if (seen instanceof Seen.HistoryRead page) {
          check(client, page, requests.askedAt(page.request()), truth, findings);
        }
      }
    }
  }

  private static void check(
      ClientLog client, Seen.HistoryRead page, long askedAt, Truth truth, Findings findings) {
    for (Item item : page.messages()) {
      truth.agrees(client, page.conversation(), item, page.revision(), Likeness.Way.PAGE, findings);
    }
    Room room = truth.room(page.conversation());
    Optional<Stay> stay =
        room.stayAt(client.user(), page.revision()).or(() -> room.watching(client, page, askedAt));
    if (stay.isPresent()) {
      List<Stay> may = room.shelves().between(client.user(), stay.get(), askedAt, page.at());
      if (page.direction().equals(PINNED)) {
        checkPinned(client, page, room, may, findings);
      } else {
        check(client, page, room, may, findings);
      }
    }
  }

  private static void check(
      ClientLog client, Seen.HistoryRead page, Room room, List<Stay> may, Findings findings) {
    findings.check(
        Invariant.GAPS,
        may.stream().anyMatch(stay -> fits(page, room, stay)),
        "%s: history of %s %s %s (limit %s) at revision %s, visible as in %s up to %s: %s",
        client.client(),
        page.conversation(),
        page.direction(),
        page.sequence(),
        page.limit(),
        page.revision(),
        may,
        room.headAt(page.revision()),
        told(page));
  }

  private static boolean fits(Seen.HistoryRead page, Room room, Stay stay) {
    long head = room.headAt(page.revision());
    List<Item> visible = room.between(stay.visibleFrom(), head);
    if (page.messages().isEmpty()) {
      return owed(page, visible) == 0;
    }
    long first = page.messages().getFirst().sequence();
    long last = page.messages().getLast().sequence();
    return page.messages().size() == room.between(first, last).size()
        && (page.direction().equals("around")
            ? page.messages().size() <= page.limit()
            : page.messages().size() == owed(page, visible))
        && isNearest(page, first, last, head, stay)
        && page.hasBefore() == (first > stay.visibleFrom())
        && page.hasAfter() == (last < head);
  }

  /// A page of pins holds the nearest of those that stood then.
  private static void checkPinned(
      ClientLog client, Seen.HistoryRead page, Room room, List<Stay> may, Findings findings) {
    List<Long> shown = page.messages().stream().map(Item::sequence).toList();
    findings.check(
        Invariant.GAPS,
        may.stream().anyMatch(stay -> fits(page, shown, pinned(page, room, stay))),
        "%s: pins of %s before %s at revision %s: %s, more before: %s (expected: of %s)",
        client.client(),
        page.conversation(),
        page.sequence(),
        page.revision(),
        shown,
        page.hasBefore(),
        pinned(page, room, may.getLast()));
  }

  private static boolean fits(Seen.HistoryRead page, List<Long> shown, List<Long> pinned) {
    List<Long> owed = pinned.subList(Math.max(0, pinned.size() - page.limit()), pinned.size());
    return shown.equals(owed) && page.hasBefore() == (owed.size() < pinned.size());
  }

  private static List<Long> pinned(Seen.HistoryRead page, Room room, Stay stay) {
    long end = page.sequence() == 0 ? Long.MAX_VALUE : page.sequence();
    List<Long> pinned = new ArrayList<>();
    for (Item sent : room.between(stay.visibleFrom(), room.headAt(page.revision()))) {
      room.timeline()
          .at(sent.sequence(), page.revision())
          .filter(item -> item.fate().pinnedAtMs() != 0 && item.sequence() < end)
          .ifPresent(item -> pinned.add(item.sequence()));
    }
    return pinned;
  }

  private static long owed(Seen.HistoryRead page, List<Item> visible) {
    long there =
        switch (page.direction()) {
          case "before" ->
              page.sequence() == 0
                  ? visible.size()
                  : visible.stream().filter(item -> item.sequence() < page.sequence()).count();
          case "after" ->
              visible.stream().filter(item -> item.sequence() > page.sequence()).count();
          default -> visible.size();
        };
    return Math.min(there, page.limit());
  }

  private static boolean isNearest(
      Seen.HistoryRead page, long first, long last, long head, Stay stay) {
    return switch (page.direction()) {
      case "before" -> last == (page.sequence() == 0 ? head : Math.min(page.sequence() - 1, head));
      case "after" -> first == Math.max(page.sequence() + 1, stay.visibleFrom());
      // How many on either side is the server's choice.
      default -> {
        long middle = Math.min(Math.max(page.sequence(), stay.visibleFrom()), head);
        yield first <= middle && middle <= last;
      }
    };
  }

  private static String told(Seen.HistoryRead page) {
    if (page.messages().isEmpty()) {
      return "nothing";
    }
    return page.messages().getFirst().sequence()
        + " to "
        + page.messages().getLast().sequence()
        + ", before: "
        + page.hasBefore()
        + ", after: "
        + page.hasAfter();
  }
}
