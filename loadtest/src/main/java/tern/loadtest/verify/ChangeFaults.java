// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedChanges.LIKE;
import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;
import static tern.loadtest.verify.RecordedRun.LAST;

import java.util.List;
import java.util.function.UnaryOperator;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Wish;
import tern.loadtest.judge.Invariant;

/// Faults in what becomes of messages: in the store, in answers, in what devices are shown.
final class ChangeFaults {
  private ChangeFaults() {}

  static List<PlantedFault> inTheStore() {
    return List.of(
        new PlantedFault("edit lost", Invariant.LOST, run -> run.changes.removeFirst()),
        new PlantedFault("reaction lost", Invariant.LOST, run -> run.reactions.removeFirst()),
        new PlantedFault("edit applied twice", Invariant.DUPLICATED, ChangeFaults::appliedTwice),
        new PlantedFault(
            "edit applied over a later one", Invariant.DUPLICATED, ChangeFaults::appliedOver),
        new PlantedFault("edit not noted", Invariant.DIVERGED, run -> run.edits.removeLast()),
        new PlantedFault("revision of nothing", Invariant.GAPS, RecordedRun::takeRevision),
        new PlantedFault("leaving not told", Invariant.LOST, ChangeFaults::leftUntold),
        new PlantedFault(
            "joining told that was none",
            Invariant.UNCOMMITTED,
            run -> run.memberships.removeIf(note -> note.user().equals(CAROL))),
        new PlantedFault(
            "reaction nobody asked for",
            Invariant.LEAKED,
            run ->
                run.log(CAROL)
                    .removeIf(
                        seen ->
                            seen instanceof Seen.ChangeAsked asked
                                && asked.wish().kind() == Wish.Kind.REACT)),
        new PlantedFault("another's message edited", Invariant.LEAKED, ChangeFaults::editedByBob),
        new PlantedFault("deleted, yet kept", Invariant.LEAKED, ChangeFaults::yetKept),
        new PlantedFault("changed after deletion", Invariant.LEAKED, ChangeFaults::revived));
  }

  static List<PlantedFault> inAnswers() {
    return List.of(
        new PlantedFault(
            "repeat of an edit told anew",
            Invariant.DUPLICATED,
            run ->
                new Forgery(run, ALICE).last(ChangeFaults::isEdit, seen -> withRevision(seen, 1))),
        new PlantedFault(
            "nothing changed, they say",
            Invariant.REFUSED,
            run ->
                new Forgery(run, BOB).last(ChangeFaults::isEdit, seen -> withRevision(seen, -1))),
        new PlantedFault(
            "forbidden without a reason",
            Invariant.REFUSED,
            run ->
                new Forgery(run, BOB)
                    .last(ChangeFaults::isEdit, seen -> refused((Seen.Changed) seen, "FORBIDDEN"))),
        new PlantedFault(
            "hidden from its sender",
            Invariant.REFUSED,
            run ->
                new Forgery(run, BOB)
                    .last(ChangeFaults::isEdit, seen -> refused((Seen.Changed) seen, "NOT_FOUND"))),
        new PlantedFault("conflict with itself", Invariant.REFUSED, ChangeFaults::conflict),
        new PlantedFault(
            "change never answered",
            Invariant.REFUSED,
            run -> run.log(ALICE).removeIf(ChangeFaults::isDeletion)),
        new PlantedFault(
            "answered before an earlier one",
            Invariant.DISORDERED,
            run -> new Forgery(run, ALICE).last(ChangeFaults::isDeletion, ChangeFaults::longAgo)));
  }

  static List<PlantedFault> live() {
    return List.of(
        new PlantedFault(
            "edit lost from a view",
            Invariant.DIVERGED,
            run -> replaceLast(run, BOB, item -> item.with("alice:5", item.revision()))),
        new PlantedFault(
            "edit lost from a live stream",
            Invariant.GAPS,
            run ->
                new Forgery(run, CAROL)
                    .live(
                        run.changes.getFirst().revision(),
                        step -> step.with(List.of(), List.of()))),
        new PlantedFault(
            "pin lost from a view",
            Invariant.DIVERGED,
            run -> replaceLast(run, BOB, item -> item.with(Fate.NONE))),
        new PlantedFault(
            "reaction miscounted live", Invariant.DIVERGED, run -> miscount(run, ALICE)),
        new PlantedFault("hidden change shown", Invariant.LEAKED, ChangeFaults::showHidden),
        new PlantedFault("hidden reaction told", Invariant.LEAKED, ChangeFaults::tellHidden));
  }

  static List<PlantedFault> inPages() {
    return List.of(
        new PlantedFault(
            "pin lost from a page",
            Invariant.GAPS,
            run -> new Forgery(run, BOB).page("pinned", page -> page.subList(1, page.size()))),
        new PlantedFault(
            "own reaction lost from a page",
            Invariant.DIVERGED,
            run ->
                new Forgery(run, BOB).page("after", page -> each(page, ChangeFaults::withoutOwn))),
        new PlantedFault(
            "reactions lost in a catch-up",
            Invariant.DIVERGED,
            run -> new Forgery(run, BOB).caughtUp(item -> item.with(Fate.NONE))),
        new PlantedFault("older than its revision", Invariant.DIVERGED, ChangeFaults::showOlder),
        new PlantedFault(
            "newer than its revision",
            Invariant.DIVERGED,
            run -> new Forgery(run, BOB).caughtUp(item -> run.message(item.sequence(), true))),
        new PlantedFault("content after deletion", Invariant.LEAKED, ChangeFaults::showDeleted),
        new PlantedFault(
            "edit lost from the list",
            Invariant.MISCOUNTED,
            run -> new Forgery(run, ALICE).line(line -> line.withLastText("alice:5"))));
  }

  private static boolean isEdit(Seen seen) {
    return seen instanceof Seen.Changed changed && changed.wish().kind() == Wish.Kind.EDIT;
  }

  private static boolean isDeletion(Seen seen) {
    return seen instanceof Seen.Changed changed && changed.wish().kind() == Wish.Kind.DELETE;
  }

  /// An edit that came again took a revision again.
  private static void appliedTwice(RecordedRun run) {
    Item edited = run.message(LAST, true);
    run.changes.add(edited.with(edited.text(), run.takeRevision()));
  }

  /// An edit that came again won over a later one.
  private static void appliedOver(RecordedRun run) {
    Item edited = run.message(LAST, true);
    run.changes.add(edited.with("alice:edit:2", run.takeRevision()));
    run.changes.add(edited.with("alice:edit:1", run.takeRevision()));
  }

  private static void leftUntold(RecordedRun run) {
    run.memberships.add(new MemberSeen("dave", 1, 1, false, 1));
    run.memberships.add(new MemberSeen("dave", 1, run.takeRevision(), true, 1));
  }

  private static void editedByBob(RecordedRun run) {
    Item edited = run.message(1, true);
    run.changes.add(
        edited
            .with("bob:edit:9", run.takeRevision())
            .with(new Fate(1, 0, "", 0, List.of(), List.of())));
  }

  private static void yetKept(RecordedRun run) {
    run.changes.add(run.changes.removeLast().with("carol:1", run.revision()));
  }

  private static void revived(RecordedRun run) {
    run.changes.add(run.message(6, false).with("carol:1", run.takeRevision()).with(Fate.NONE));
  }

  private static Seen withRevision(Seen seen, int plus) {
    Seen.Changed of = (Seen.Changed) seen;
    long revision = plus < 0 ? 0 : of.revision() + plus;
    return new Seen.Changed(of.at(), of.session(), of.request(), of.wish(), revision, of.message());
  }

  private static Seen refused(Seen.Changed of, String code) {
    return new Seen.ChangeRefused(of.at(), of.session(), of.request(), of.wish(), code);
  }

  /// Alice's edit was applied; asked for again, it is said to be another one.
  private static void conflict(RecordedRun run) {
    new Forgery(run, ALICE)
        .last(ChangeFaults::isEdit, seen -> refused((Seen.Changed) seen, "CONFLICT"));
  }

  private static Seen longAgo(Seen seen) {
    Seen.Changed of = (Seen.Changed) seen;
    return new Seen.Changed(1, of.session(), of.request(), of.wish(), of.revision(), of.message());
  }

  /// Replaces the last message shown live.
  private static void replaceLast(RecordedRun run, String user, UnaryOperator<Item> other) {
    new Forgery(run, user)
        .last(
            seen -> seen instanceof Seen.Live live && !live.step().messages().isEmpty(),
            seen -> {
              Seen.Live live = (Seen.Live) seen;
              List<Item> items = each(live.step().messages(), other);
              return new Seen.Live(live.at(), live.session(), live.step().with(items, List.of()));
            });
  }

  private static void miscount(RecordedRun run, String user) {
    new Forgery(run, user)
        .last(
            seen -> seen instanceof Seen.Live live && !live.step().reactions().isEmpty(),
            seen -> {
              Seen.Live live = (Seen.Live) seen;
              ReactionStep told = live.step().reactions().getFirst();
              ReactionStep wrong =
                  new ReactionStep(
                      told.sequence(), told.user(), told.reaction(), told.on(), told.count() + 1);
              return new Seen.Live(
                  live.at(), live.session(), live.step().with(List.of(), List.of(wrong)));
            });
  }

  private static List<Item> each(List<Item> page, UnaryOperator<Item> change) {
    return page.stream().map(change).toList();
  }

  private static Item withoutOwn(Item item) {
    return item.with(item.fate().withReactions(item.fate().reactions(), List.of()));
  }

  private static void showOlder(RecordedRun run) {
    new Forgery(run, CAROL)
        .page(
            "after",
            page ->
                each(page, item -> item.isDeleted() ? item : run.message(item.sequence(), false)));
  }

  private static void showDeleted(RecordedRun run) {
    new Forgery(run, ALICE)
        .page(
            "after",
            page ->
                each(page, item -> item.isDeleted() ? run.message(item.sequence(), false) : item));
  }

  /// Carol joined after the second message, and is told what bob made of it.
  private static void showHidden(RecordedRun run) {
    Item edited = run.message(2, true);
    new Forgery(run, CAROL).live(edited.revision(), step -> step.with(List.of(edited), List.of()));
  }

  private static void tellHidden(RecordedRun run) {
    ReactionStep told = new ReactionStep(2, BOB, LIKE, true, 1);
    new Forgery(run, CAROL)
        .live(run.message(2, true).revision(), step -> step.with(List.of(), List.of(told)));
  }
}
