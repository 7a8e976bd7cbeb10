// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;

import java.util.ArrayList;
import java.util.List;
import tern.loadtest.history.Item;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Shelf;
import tern.loadtest.judge.Invariant;

/// Faults in what people arrange for themselves.
final class ShelfFaults {
  private static final int ARCHIVE = 1;

  private ShelfFaults() {}

  static List<PlantedFault> inTheStore() {
    return List.of(
        new PlantedFault(
            "put on top and lost",
            Invariant.LOST,
            run -> run.places.removeIf(place -> place.pinnedAtMs() != 0)),
        new PlantedFault(
            "kept quiet and lost",
            Invariant.LOST,
            run -> run.places.removeIf(place -> place.quietUntilMs() != 0)),
        new PlantedFault("quiet nobody asked for", Invariant.LEAKED, ShelfFaults::quietByNobody),
        new PlantedFault(
            "quiet lost from the list",
            Invariant.MISCOUNTED,
            run -> shelve(run, CAROL, Shelf.fresh(run.shelf(CAROL).visibleFrom()))),
        new PlantedFault("archived by nobody", Invariant.LEAKED, ShelfFaults::archived),
        new PlantedFault(
            "draft nobody saved",
            Invariant.LEAKED,
            run -> run.drafts.add(new Personal.Draft(ALICE, "alice:draft:9", run.now()))));
  }

  static List<PlantedFault> shown() {
    return List.of(
        new PlantedFault("shown after clearing", Invariant.LEAKED, ShelfFaults::shownCleared),
        new PlantedFault(
            "draft lost from the list",
            Invariant.MISCOUNTED,
            run -> shelve(run, BOB, new Shelf(Shelf.MAIN, 0, "", 1))),
        new PlantedFault(
            "top lost from the list",
            Invariant.MISCOUNTED,
            run -> shelve(run, ALICE, Shelf.fresh(1))),
        new PlantedFault(
            "not brought back by a message",
            Invariant.MISCOUNTED,
            run -> shelve(run, BOB, new Shelf(Shelf.HIDDEN, 0, RecordedShelves.DRAFT, 1))),
        new PlantedFault(
            "listed as it never was",
            Invariant.DIVERGED,
            run -> shelve(run, CAROL, new Shelf(Shelf.ARCHIVED, 0, "", RecordedRun.LAST))),
        new PlantedFault(
            "still arranged after coming back", Invariant.MISCOUNTED, ShelfFaults::stillArranged),
        new PlantedFault(
            "archived, yet in the list", Invariant.MISCOUNTED, ShelfFaults::archivedYetListed));
  }

  private static void archived(RecordedRun run) {
    Personal.Place last = run.places.getFirst();
    run.places.add(new Personal.Place(ALICE, last.joined(), ARCHIVE, 0, 0, 1, run.now()));
  }

  private static void quietByNobody(RecordedRun run) {
    Personal.Place last = run.places.getFirst();
    run.places.add(new Personal.Place(ALICE, last.joined(), 0, 0, 0, 1, run.now(), run.now()));
  }

  private static void archivedYetListed(RecordedRun run) {
    run.log(ALICE)
        .replaceAll(
            seen ->
                seen instanceof Seen.Inbox inbox
                    ? new Seen.Inbox(
                        inbox.at(), inbox.session(), inbox.lines(), inbox.badge(), true, true)
                    : seen);
  }

  private static void shelve(RecordedRun run, String user, Shelf shelf) {
    new Forgery(run, user).line(line -> line.withShelf(shelf));
  }

  private static void shownCleared(RecordedRun run) {
    new Forgery(run, CAROL)
        .page(
            "after",
            page -> {
              List<Item> more = new ArrayList<>(page);
              more.addFirst(run.message(RecordedRun.LAST - 1, true));
              return more;
            });
  }

  private static void stillArranged(RecordedRun run) {
    run.places.add(new Personal.Place(BOB, run.revision(), ARCHIVE, 0, 0, 1, run.now()));
  }
}
