// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedWatch.GRACE;
import static tern.loadtest.verify.RecordedWatch.WALT;
import static tern.loadtest.verify.RecordedWatch.WANDA;

import java.util.List;
import java.util.function.Predicate;
import tern.loadtest.history.Audience;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;
import tern.loadtest.judge.Invariant;

/// Faults in who may watch, and in what those are shown who do.
final class WatchFaults {
  private WatchFaults() {}

  static List<PlantedFault> ofEntry() {
    return List.of(
        new PlantedFault(
            "let watch who may not",
            Invariant.LEAKED,
            run ->
                new Forgery(run, WANDA)
                    .last(Seen.WatchRefused.class::isInstance, WatchFaults::letIn)),
        new PlantedFault(
            "watch refused without a reason",
            Invariant.REFUSED,
            run ->
                new Forgery(run, WALT)
                    .last(Seen.WatchBegun.class::isInstance, WatchFaults::turnedAway)),
        new PlantedFault(
            "watch never answered",
            Invariant.REFUSED,
            run -> run.log(WALT).removeIf(Seen.WatchBegun.class::isInstance)),
        new PlantedFault(
            "sent away without a reason",
            Invariant.REFUSED,
            run ->
                run.log(WALT)
                    .add(new Seen.Unwatched(run.now(), run.session(WALT), 0, run.hall.id))),
        new PlantedFault("watches on, off the list", Invariant.LEAKED, WatchFaults::offTheList),
        new PlantedFault(
            "listed by nobody",
            Invariant.LEAKED,
            run -> run.log(GRACE).removeIf(Seen.ListingAsked.class::isInstance)),
        new PlantedFault("listed and lost", Invariant.LOST, run -> run.hall.listings.clear()));
  }

  static List<PlantedFault> ofSteps() {
    return List.of(
        new PlantedFault(
            "gap in what is watched",
            Invariant.GAPS,
            run -> run.log(WALT).remove(nextToLast(run, Seen.Watched.class::isInstance))),
        new PlantedFault(
            "watched steps that overlap",
            Invariant.DISORDERED,
            run -> {
              int at = nextToLast(run, Seen.Watched.class::isInstance);
              run.log(WALT).add(at, run.log(WALT).get(at));
            }),
        new PlantedFault(
            "last step never watched",
            Invariant.DIVERGED,
            run -> run.log(WALT).remove(lastIndex(run.log(WALT), Seen.Watched.class::isInstance))),
        new PlantedFault(
            "watched without a watch",
            Invariant.LEAKED,
            run -> run.log(WANDA).addLast(lastOf(run, Seen.Watched.class::isInstance))));
  }

  static List<PlantedFault> ofPages() {
    return List.of(
        new PlantedFault(
            "watch resumed elsewhere",
            Invariant.GAPS,
            run -> lastPage(run, page -> shown(page, page.step().after() - 1, ""))),
        new PlantedFault(
            "watch begun anew for no reason",
            Invariant.RESETS,
            run -> lastPage(run, page -> shown(page, 0, "NO_POSITION"))),
        new PlantedFault(
            "watched what is not kept", Invariant.GAPS, run -> lastPage(run, page -> empty(page))),
        new PlantedFault(
            "unread for who is no member",
            Invariant.MISCOUNTED,
            run -> run.log(WALT).add(new Seen.Inbox(run.now(), 2, List.of(), 1, true))),
        new PlantedFault(
            "markers told to who watches",
            Invariant.LEAKED,
            run ->
                run.log(WALT)
                    .add(
                        new Seen.Markers(
                            run.now(), 2, run.hall.id, List.of(new MarkerSeen(GRACE, 1, 1))))));
  }

  private static Seen letIn(Seen seen) {
    Seen.WatchRefused of = (Seen.WatchRefused) seen;
    return new Seen.WatchBegun(of.at(), of.session(), of.request(), of.conversation(), true);
  }

  private static Seen turnedAway(Seen seen) {
    Seen.WatchBegun of = (Seen.WatchBegun) seen;
    return new Seen.WatchRefused(
        of.at(), of.session(), of.request(), of.conversation(), "NOT_FOUND");
  }

  /// Walt was taken off the list at once, and nobody told his screen.
  private static void offTheList(RecordedRun run) {
    long at = run.hall.listings.getFirst().at();
    run.hall.listings.add(new Audience.Listing(WALT, false, at));
    run.log(GRACE)
        .add(
            new Seen.ListingAsked(at, 1, run.nextRequest(), run.hall.id, List.of(), List.of(WALT)));
  }

  private interface Change {
    Seen of(Seen.WatchedPage page);
  }

  private static void lastPage(RecordedRun run, Change change) {
    new Forgery(run, WALT)
        .last(Seen.WatchedPage.class::isInstance, seen -> change.of((Seen.WatchedPage) seen));
  }

  private static Seen shown(Seen.WatchedPage page, long after, String reset) {
    Step step = page.step();
    return new Seen.WatchedPage(
        page.at(),
        page.session(),
        new Step(
            step.conversation(),
            after,
            step.through(),
            step.sequence(),
            step.members(),
            step.messages(),
            step.reactions(),
            step.settings()),
        reset,
        page.hasBefore());
  }

  private static Seen empty(Seen.WatchedPage page) {
    return new Seen.WatchedPage(
        page.at(),
        page.session(),
        page.step().with(List.of(), List.of()),
        page.reset(),
        page.hasBefore());
  }

  private static Seen lastOf(RecordedRun run, Predicate<Seen> which) {
    return run.log(WALT).get(lastIndex(run.log(WALT), which));
  }

  private static int nextToLast(RecordedRun run, Predicate<Seen> which) {
    return lastIndex(run.log(WALT).subList(0, lastIndex(run.log(WALT), which)), which);
  }

  private static int lastIndex(List<Seen> log, Predicate<Seen> which) {
    int at = log.size() - 1;
    while (!which.test(log.get(at))) {
      at--;
    }
    return at;
  }
}
