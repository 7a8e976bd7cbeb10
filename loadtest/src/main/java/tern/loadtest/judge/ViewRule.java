// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;

/// At the end every client's view equals the history that it may see: what it built up live and by
/// catching up, and what it reads page by page.
final class ViewRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      Views views = new Views(client.user());
      Map<String, List<Item>> pages = new HashMap<>();
      boolean isQuiet = false;
      for (Seen seen : client.seen()) {
        isQuiet |= seen instanceof Seen.Quiet;
        views.apply(seen);
        if (isQuiet
            && seen instanceof Seen.HistoryRead page
            && !page.direction().equals("pinned")) {
          pages
              .computeIfAbsent(page.conversation(), _ -> new ArrayList<>())
              .addAll(page.messages());
        }
      }
      if (isQuiet) {
        check(client, views, pages, truth, findings);
      }
    }
  }

  private static void check(
      ClientLog client,
      Views views,
      Map<String, List<Item>> pages,
      Truth truth,
      Findings findings) {
    for (Room room : truth.rooms()) {
      String conversation = room.stored().conversation();
      Optional<View> view = views.of(conversation);
      Optional<Stay> stay = room.stay(client.user());
      if (stay.isEmpty()) {
        findings.check(
            Invariant.DIVERGED,
            view.isEmpty(),
            "%s: still shows %s, which it is no member of",
            client.client(),
            conversation);
        continue;
      }
      Stay now = room.shelves().last(client.user(), stay.get());
      checkView(client, room, now, view, findings);
      List<Item> visible = room.between(now.visibleFrom(), room.stored().lastSequence());
      List<Item> read = pages.getOrDefault(conversation, List.of()).stream().distinct().toList();
      findings.check(
          Invariant.DIVERGED,
          isSame(visible, read, room, Likeness.Way.PAGE, client.user()),
          "%s: reads %s messages of %s (expected: %s)",
          client.client(),
          read.size(),
          conversation,
          visible.size());
    }
  }

  private static void checkView(
      ClientLog client, Room room, Stay stay, Optional<View> view, Findings findings) {
    if (view.isEmpty()) {
      findings.check(
          Invariant.DIVERGED,
          false,
          "%s: has no view of %s",
          client.client(),
          room.stored().conversation());
      return;
    }
    long floor = Math.max(view.get().floor(), stay.visibleFrom());
    List<Item> expected = room.between(floor, room.stored().lastSequence());
    // A reset claims what follows its first message; an older catch-up may have shown what was
    // before.
    List<Item> shown = List.copyOf(view.get().messages().tailMap(floor, true).values());
    findings.check(
        Invariant.DIVERGED,
        view.get().revision() == room.stored().revision()
            && view.get().settings().equals(latest(room))
            && isView(expected, shown, room, client.user()),
        "%s: shows %s messages of %s up to revision %s (expected: %s up to %s, from %s on), set to"
            + " %s",
        client.client(),
        shown.size(),
        room.stored().conversation(),
        view.get().revision(),
        expected.size(),
        room.stored().revision(),
        floor,
        view.get().settings());
  }

  /// How the conversation is set in the end.
  static Optional<Settings> latest(Room room) {
    return Optional.ofNullable(room.rights().settings().lastEntry()).map(Map.Entry::getValue);
  }

  private static boolean isSame(
      List<Item> sent, List<Item> shown, Room room, Likeness.Way way, String user) {
    return isAll(sent, shown, room, (latest, seen) -> Likeness.isSame(latest, seen, way, user));
  }

  /// Whether what a client made of steps and pages is these messages, as they are in the end.
  static boolean isView(List<Item> sent, List<Item> shown, Room room, String user) {
    return isAll(
        sent, shown, room, (latest, seen) -> Likeness.isView(latest, seen, user, room.timeline()));
  }

  private static boolean isAll(
      List<Item> sent, List<Item> shown, Room room, BiPredicate<Item, Item> isLatest) {
    if (sent.size() != shown.size()) {
      return false;
    }
    for (int i = 0; i < sent.size(); i++) {
      Item seen = shown.get(i);
      if (room.timeline()
          .latest(sent.get(i).sequence())
          .filter(latest -> isLatest.test(latest, seen))
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
