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
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.HistoryRead page) {
          check(client, page, truth, findings);
        }
      }
    }
  }

  private static void check(
      ClientLog client, Seen.HistoryRead page, Truth truth, Findings findings) {
    for (Item item : page.messages()) {
      truth.agrees(client, page.conversation(), item, page.revision(), Likeness.Way.PAGE, findings);
    }
    Room room = truth.room(page.conversation());
    Optional<Stay> stay = room.stayAt(client.user(), page.revision());
    if (stay.isPresent() && page.direction().equals(PINNED)) {
      checkPinned(client, page, room, stay.get(), findings);
    } else if (stay.isPresent()) {
      check(client, page, room, stay.get(), findings);
    }
  }

  private static void check(
      ClientLog client, Seen.HistoryRead page, Room room, Stay stay, Findings findings) {
    long head = room.headAt(page.revision());
    List<Item> visible = room.between(stay.visibleFrom(), head);
    boolean fits;
    if (page.messages().isEmpty()) {
      fits = owed(page, visible) == 0;
    } else {
      long first = page.messages().getFirst().sequence();
      long last = page.messages().getLast().sequence();
      fits =
          page.messages().size() == room.between(first, last).size()
              && (page.direction().equals("around")
                  ? page.messages().size() <= page.limit()
                  : page.messages().size() == owed(page, visible))
              && isNearest(page, first, last, head, stay)
              && page.hasBefore() == (first > stay.visibleFrom())
              && page.hasAfter() == (last < head);
    }
    findings.check(
        Invariant.GAPS,
        fits,
        "%s: history of %s %s %s (limit %s) at revision %s, visible from %s to %s: %s",
        client.client(),
        page.conversation(),
        page.direction(),
        page.sequence(),
        page.limit(),
        page.revision(),
        stay.visibleFrom(),
        head,
        told(page));
  }

  /// A page of pins holds the nearest of those that stood then.
  private static void checkPinned(
      ClientLog client, Seen.HistoryRead page, Room room, Stay stay, Findings findings) {
    long end = page.sequence() == 0 ? Long.MAX_VALUE : page.sequence();
    List<Long> pinned = new ArrayList<>();
    for (Item sent : room.between(stay.visibleFrom(), room.headAt(page.revision()))) {
      room.timeline()
          .at(sent.sequence(), page.revision())
          .filter(item -> item.fate().pinnedAtMs() != 0 && item.sequence() < end)
          .ifPresent(item -> pinned.add(item.sequence()));
    }
    List<Long> owed = pinned.subList(Math.max(0, pinned.size() - page.limit()), pinned.size());
    List<Long> shown = page.messages().stream().map(Item::sequence).toList();
    findings.check(
        Invariant.GAPS,
        shown.equals(owed) && page.hasBefore() == (owed.size() < pinned.size()),
        "%s: pins of %s before %s at revision %s: %s, more before: %s (expected: %s of %s)",
        client.client(),
        page.conversation(),
        page.sequence(),
        page.revision(),
        shown,
        page.hasBefore(),
        owed,
        pinned);
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
