// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.ROOM;

import java.util.List;
import tern.loadtest.history.Forward;
import tern.loadtest.history.Item;
import tern.loadtest.history.Press;
import tern.loadtest.history.Seen;

/// The part of a recorded run in which alice forwards bob's message, and bob presses a button of
/// alice's, which takes one press of each user.
final class RecordedShares {
  static final long PRESSED = 4;

  private static final String ID = "00000000-0000-4000-8000-0000000000f1";
  private static final String REFUSED_ID = "00000000-0000-4000-8000-0000000000f2";
  private static final String ONCE = "once";

  private final RecordedRun run;

  RecordedShares(RecordedRun run) {
    this.run = run;
  }

  void play() {
    forward();
    Press kept = press(1, "p1");
    run.presses.add(kept);
    answer(press(0, "p1"), kept, false);
    run.log(ALICE).add(new Seen.PressTold(run.now(), run.session(ALICE), kept));
    answer(press(0, "p1"), kept, true);
    answer(press(0, "p2"), kept, true);
  }

  private void forward() {
    Forward.Target target = new Forward.Target(ROOM, ID);
    Forward forward = new Forward(ROOM, 2, true, List.of(target));
    int request = run.nextRequest();
    run.log(ALICE).add(new Seen.ForwardAsked(run.now(), run.session(ALICE), request, forward));
    run.say(ALICE, Item.forwardedText(BOB, run.message(2, false).text()), ID);
    Forward.Outcome outcome = new Forward.Outcome(target, run.sequence(), run.revision(), "");
    run.log(ALICE)
        .add(new Seen.Forwarded(run.now(), run.session(ALICE), request, forward, List.of(outcome)));
  }

  /// Alice asks for one more copy of this message, and is refused it.
  static void refusedCopy(RecordedRun run, long sequence, String code) {
    Forward.Target target = new Forward.Target(ROOM, REFUSED_ID);
    Forward forward = new Forward(ROOM, sequence, true, List.of(target));
    int request = run.nextRequest();
    int session = run.session(ALICE);
    run.log(ALICE).add(new Seen.ForwardAsked(run.now(), session, request, forward));
    Forward.Outcome outcome = new Forward.Outcome(target, 0, 0, code);
    run.log(ALICE).add(new Seen.Forwarded(run.now(), session, request, forward, List.of(outcome)));
  }

  private void answer(Press asked, Press kept, boolean duplicate) {
    int request = run.nextRequest();
    run.log(BOB).add(new Seen.PressAsked(run.now(), run.session(BOB), request, asked));
    run.log(BOB)
        .add(new Seen.Pressed(run.now(), run.session(BOB), request, asked, kept, duplicate));
  }

  private static Press press(long number, String id) {
    return new Press(ROOM, PRESSED, number, BOB, ONCE, number == 0 ? "" : "y", id);
  }
}
