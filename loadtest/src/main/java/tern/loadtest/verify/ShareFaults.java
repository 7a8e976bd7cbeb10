// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;

import java.util.List;
import tern.loadtest.history.Forward;
import tern.loadtest.history.Item;
import tern.loadtest.history.Press;
import tern.loadtest.history.Seen;
import tern.loadtest.judge.Invariant;

/// Faults in what is forwarded and pressed.
final class ShareFaults {
  private ShareFaults() {}

  static List<PlantedFault> ofForwards() {
    return List.of(
        new PlantedFault(
            "forwarded with other words",
            Invariant.DIVERGED,
            run ->
                run.messages.replaceAll(
                    item ->
                        item.isForwarded()
                            ? item.with(Item.forwardedText(BOB, "bob:9"), item.revision())
                            : item)),
        new PlantedFault(
            "forwarded by nobody",
            Invariant.LEAKED,
            run -> run.log(ALICE).removeIf(seen -> seen instanceof Seen.ForwardAsked)),
        new PlantedFault("forwarded and lost", Invariant.LOST, ShareFaults::forwardedElsewhere),
        new PlantedFault(
            "forward told anew",
            Invariant.DUPLICATED,
            run -> run.log(ALICE).add(outcomeAt(run, run.sequence()))),
        new PlantedFault(
            "copy refused without a reason",
            Invariant.REFUSED,
            run -> RecordedShares.refusedCopy(run, 2, "FORBIDDEN")),
        new PlantedFault(
            "forward refused without a reason",
            Invariant.REFUSED,
            run ->
                new Forgery(run, ALICE)
                    .last(
                        seen -> seen instanceof Seen.Forwarded,
                        seen -> {
                          Seen.Forwarded of = (Seen.Forwarded) seen;
                          return new Seen.ForwardRefused(
                              of.at(), of.session(), of.request(), of.forward(), "FORBIDDEN");
                        })));
  }

  static List<PlantedFault> ofPresses() {
    return List.of(
        new PlantedFault("press lost", Invariant.LOST, run -> run.presses.clear()),
        new PlantedFault("press kept twice", Invariant.DUPLICATED, ShareFaults::keptTwice),
        new PlantedFault(
            "press without a number",
            Invariant.GAPS,
            run -> run.presses.replaceAll(press -> numbered(press, 2))),
        new PlantedFault(
            "pressed by nobody",
            Invariant.LEAKED,
            run -> run.log(BOB).removeIf(seen -> seen instanceof Seen.PressAsked)),
        new PlantedFault(
            "press told to another",
            Invariant.LEAKED,
            run -> run.log(CAROL).add(new Seen.PressTold(run.now(), 1, run.presses.getFirst()))),
        new PlantedFault(
            "press refused without a reason",
            Invariant.REFUSED,
            run ->
                new Forgery(run, BOB)
                    .last(
                        seen -> seen instanceof Seen.Pressed,
                        seen -> {
                          Seen.Pressed of = (Seen.Pressed) seen;
                          return new Seen.PressRefused(
                              of.at(), of.session(), of.request(), of.asked(), "NOT_FOUND");
                        })));
  }

  /// What was answered is nowhere.
  private static void forwardedElsewhere(RecordedRun run) {
    run.messages.replaceAll(
        item ->
            item.isForwarded()
                ? new Item(
                    item.sequence(),
                    item.revision(),
                    item.sender(),
                    "00000000-0000-4000-8000-0000000000f9",
                    item.text(),
                    true,
                    item.headers(),
                    item.fate())
                : item);
  }

  private static Seen outcomeAt(RecordedRun run, long sequence) {
    Seen.Forwarded first =
        run.log(ALICE).stream()
            .filter(Seen.Forwarded.class::isInstance)
            .map(Seen.Forwarded.class::cast)
            .findFirst()
            .orElseThrow();
    Forward.Outcome of = first.outcomes().getFirst();
    return new Seen.Forwarded(
        run.now(),
        first.session(),
        run.nextRequest(),
        first.forward(),
        List.of(new Forward.Outcome(of.target(), sequence, of.revision(), "")));
  }

  private static void keptTwice(RecordedRun run) {
    run.presses.add(numbered(run.presses.getFirst(), 2));
  }

  private static Press numbered(Press press, long number) {
    return new Press(
        press.conversation(),
        press.sequence(),
        number,
        press.user(),
        press.button(),
        press.value(),
        press.pressId());
  }
}
