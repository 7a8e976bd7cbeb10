// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tern.loadtest.history.Headers;
import tern.loadtest.history.History;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.Life;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;
import tern.loadtest.history.Witnessed;
import tern.loadtest.judge.Invariant;

/// One fault in an otherwise faultless history, and the invariant that must notice it.
record PlantedFault(String name, Invariant expected, Consumer<RecordedRun> plant) {
  static List<PlantedFault> all() {
    return Stream.of(
            ofMessages(),
            ofHeaders(),
            ChangeFaults.inTheStore(),
            ChangeFaults.inAnswers(),
            ChangeFaults.live(),
            ChangeFaults.inPages(),
            RulingFaults.inTheStore(),
            RulingFaults.inAnswers(),
            RulingFaults.shown(),
            ShelfFaults.inTheStore(),
            ShelfFaults.shown(),
            EntryFaults.inTheStore(),
            EntryFaults.inAnswers(),
            EntryFaults.ofEnds(),
            PeopleFaults.ofRelations(),
            PeopleFaults.ofConsent(),
            PeopleFaults.ofProfiles(),
            ShareFaults.ofForwards(),
            ShareFaults.ofPresses(),
            WatchFaults.ofEntry(),
            WatchFaults.ofSteps(),
            WatchFaults.ofPages(),
            PushFaults.ofOwed(),
            PushFaults.ofNothingOwed())
        .flatMap(List::stream)
        .toList();
  }

  private static List<PlantedFault> ofMessages() {
    return List.of(
        new PlantedFault("lost", Invariant.LOST, run -> run.messages.removeLast()),
        new PlantedFault("doubled", Invariant.DUPLICATED, PlantedFault::doubled),
        new PlantedFault("gap in the store", Invariant.GAPS, run -> run.messages.remove(2)),
        new PlantedFault(
            "gap in a live stream",
            Invariant.GAPS,
            run -> run.log(RecordedRun.BOB).removeIf(seen -> showsLive(seen, 3))),
        new PlantedFault("swapped", Invariant.DISORDERED, PlantedFault::swapped),
        new PlantedFault(
            "diverged",
            Invariant.DIVERGED,
            run -> run.log(RecordedRun.CAROL).removeIf(seen -> showsLive(seen, RecordedRun.LAST))),
        new PlantedFault("leaked", Invariant.LEAKED, PlantedFault::leaked),
        new PlantedFault("wrong unread", Invariant.MISCOUNTED, PlantedFault::wrongUnread),
        new PlantedFault("false reset", Invariant.RESETS, PlantedFault::falseReset),
        new PlantedFault(
            "accepted before commit", Invariant.UNCOMMITTED, PlantedFault::acceptedTooEarly),
        new PlantedFault(
            "accepted, not yet visible", Invariant.UNCOMMITTED, PlantedFault::notYetVisible),
        new PlantedFault("never answered", Invariant.REFUSED, PlantedFault::neverAnswered),
        new PlantedFault("never live", Invariant.LATE, PlantedFault::neverLive),
        new PlantedFault("more groups than fsyncs", Invariant.UNSYNCED, PlantedFault::unsynced));
  }

  private static List<PlantedFault> ofHeaders() {
    return List.of(
        new PlantedFault(
            "kept without its headers",
            Invariant.DIVERGED,
            run -> run.messages.replaceAll(item -> item.with(Headers.NONE))),
        new PlantedFault(
            "shown without its headers",
            Invariant.DIVERGED,
            run ->
                run.log(RecordedRun.BOB)
                    .replaceAll(seen -> seen instanceof Seen.Live of ? bare(of) : seen)));
  }

  private static Seen bare(Seen.Live live) {
    Step step = live.step();
    List<Item> bare = step.messages().stream().map(item -> item.with(Headers.NONE)).toList();
    return new Seen.Live(live.at(), live.session(), step.with(bare, step.reactions()));
  }

  History history() {
    RecordedRun run = RecordedRun.clean();
    plant.accept(run);
    return run.history();
  }

  private static boolean showsLive(Seen seen, long sequence) {
    return seen instanceof Seen.Live live
        && live.step().messages().stream().anyMatch(item -> item.sequence() == sequence);
  }

  private static void doubled(RecordedRun run) {
    Item last = run.messages.getLast();
    run.messages.add(
        new Item(
            last.sequence() + 1,
            last.revision() + 1,
            last.sender(),
            last.clientMessageId(),
            last.text(),
            last.countable(),
            last.headers(),
            last.fate()));
  }

  /// Bob is shown the third message as the fourth, and the fourth as the third.
  private static void swapped(RecordedRun run) {
    run.log(RecordedRun.BOB)
        .replaceAll(
            seen ->
                showsLive(seen, 3)
                    ? withText((Seen.Live) seen, run.messages.get(3).text())
                    : showsLive(seen, 4)
                        ? withText((Seen.Live) seen, run.messages.get(2).text())
                        : seen);
  }

  private static Seen withText(Seen.Live live, String text) {
    Step step = live.step();
    List<Item> changed =
        step.messages().stream().map(item -> item.with(text, item.revision())).toList();
    return new Seen.Live(live.at(), live.session(), step.with(changed, step.reactions()));
  }

  private static void leaked(RecordedRun run) {
    Seen live =
        run.log(RecordedRun.ALICE).stream()
            .filter(seen -> showsLive(seen, 2))
            .findFirst()
            .orElseThrow();
    run.log(RecordedRun.MALLORY).add(live);
  }

  private static void wrongUnread(RecordedRun run) {
    run.log(RecordedRun.ALICE)
        .replaceAll(
            seen -> {
              if (!(seen instanceof Seen.Inbox inbox)) {
                return seen;
              }
              InboxLine line = inbox.lines().getFirst();
              InboxLine wrong =
                  new InboxLine(
                      line.conversation(),
                      line.removed(),
                      line.lastSequence(),
                      line.lastText(),
                      line.unread() + 1,
                      line.marker(),
                      line.revision(),
                      line.sequence(),
                      line.activeAtMs(),
                      line.shelf());
              return new Seen.Inbox(
                  inbox.at(), inbox.session(), List.of(wrong), inbox.badge() + 1, true);
            });
  }

  /// Bob, one message behind, is told to forget everything.
  private static void falseReset(RecordedRun run) {
    run.log(RecordedRun.BOB)
        .replaceAll(
            seen ->
                seen instanceof Seen.CatchUpPage page && page.reset().isEmpty()
                    ? reset(page, run.messages.subList(0, 5))
                    : seen);
  }

  private static Seen reset(Seen.CatchUpPage page, List<Item> newest) {
    Step step = page.step();
    return new Seen.CatchUpPage(
        page.at(),
        page.session(),
        page.request(),
        new Step(
            step.conversation(),
            0,
            step.through(),
            step.sequence(),
            step.members(),
            List.copyOf(newest),
            List.of(),
            List.of()),
        "TOO_FAR_BEHIND",
        true,
        false,
        page.markers());
  }

  /// Alice was told a sequence that, after the crash, went to another message.
  private static void acceptedTooEarly(RecordedRun run) {
    Item kept = run.messages.getLast();
    String id = "00000000-0000-4000-8000-0000000000ff";
    run.log(RecordedRun.ALICE)
        .add(
            new Seen.Accepted(1, 1, RecordedRun.ROOM, id, kept.sequence(), kept.revision(), false));
  }

  private static void notYetVisible(RecordedRun run) {
    Witnessed last = run.witnessed.removeLast();
    run.witnessed.add(
        new Witnessed(
            last.at(), last.conversation(), last.sequence(), last.clientMessageId(), false));
  }

  private static void neverAnswered(RecordedRun run) {
    String id = "00000000-0000-4000-8000-0000000000fe";
    run.log(RecordedRun.BOB)
        .add(new Seen.Sent(1, 2, RecordedRun.ROOM, id, "bob:9", Headers.NONE, true));
  }

  /// A calm server, a session that stands all the time, and nothing arrives live.
  private static void neverLive(RecordedRun run) {
    long second = 1_000_000_000L;
    run.lives.replaceAll(
        life -> new Life(-10 * second, 100 * second, false, "on", "on", "on", 1, List.of()));
    run.log(RecordedRun.ALICE).removeIf(seen -> !(seen instanceof Seen.Accepted));
    run.log(RecordedRun.ALICE).addFirst(new Seen.Opened(-5 * second, 1, "epoch"));
    run.messages.replaceAll(item -> item.with(item.text(), item.revision() + 100));
    run.changes.replaceAll(item -> item.with(item.text(), item.revision() + 100));
  }

  private static void unsynced(RecordedRun run) {
    long second = 1_000_000_000L;
    run.lives.add(
        new Life(
            0,
            10 * second,
            false,
            "on",
            "on",
            "on",
            2,
            List.of(
                new Life.Sample(0, 0, 0),
                new Life.Sample(5 * second, 500, 20),
                new Life.Sample(8 * second, 501, 30))));
  }
}
