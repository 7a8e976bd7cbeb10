// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedPhones.BORROWER;
import static tern.loadtest.verify.RecordedPhones.ERIN;
import static tern.loadtest.verify.RecordedPhones.LEAVER;
import static tern.loadtest.verify.RecordedPhones.LENDER;
import static tern.loadtest.verify.RecordedPhones.LOOKER;
import static tern.loadtest.verify.RecordedPhones.MUTER;
import static tern.loadtest.verify.RecordedPhones.READER;
import static tern.loadtest.verify.RecordedPhones.SHARED;
import static tern.loadtest.verify.RecordedPhones.SLEEPER;
import static tern.loadtest.verify.RecordedPhones.address;
import static tern.loadtest.verify.RecordedPhones.talk;

import java.util.List;
import tern.loadtest.history.PushHistory.Arrived;
import tern.loadtest.judge.Invariant;

/// Faults in who is pushed what, and when.
final class PushFaults {
  private PushFaults() {}

  static List<PlantedFault> ofOwed() {
    return List.of(
        new PlantedFault(
            "neither acknowledged nor pushed", Invariant.PUSH_MISSING, PushFaults::neverPushed),
        new PlantedFault(
            "pushed too late",
            Invariant.PUSH_MISSING,
            run -> {
              neverPushed(run);
              run.phones.push(12_000, address(SLEEPER), SLEEPER, 1);
            }),
        new PlantedFault(
            "lost with the server, and not pushed again",
            Invariant.PUSH_MISSING,
            run -> run.phones.arrived.removeIf(it -> isOf(it, SLEEPER, 4))),
        new PlantedFault(
            "never acknowledged, and not pushed after grace",
            Invariant.PUSH_MISSING,
            run -> run.phones.arrived.removeIf(it -> isOf(it, LOOKER, 3))),
        new PlantedFault(
            "pushed again, though it was answered before the kill",
            Invariant.PUSH_REPEATED,
            run -> {
              run.phones.arrived.removeIf(it -> it.at() == run.phones.at(19_900));
              run.phones.push(19_500, address(SLEEPER), SLEEPER, 4);
            }),
        new PlantedFault("work left", Invariant.UNSETTLED, run -> run.phones.unsettled = 1));
  }

  static List<PlantedFault> ofNothingOwed() {
    return List.of(
        wrong("pushed what was read", 8_000, address(READER), READER, 1),
        wrong("pushed what was acknowledged", 6_000, address(LOOKER), LOOKER, 1),
        wrong("pushed before grace was over", 1_900, address(LOOKER), LOOKER, 1),
        wrong("pushed what was deleted", 8_000, address(SLEEPER), SLEEPER, 3),
        wrong("pushed what was silent", 2_500, address(SLEEPER), SLEEPER, 2),
        wrong("pushed in spite of a mute", 3_000, address(MUTER), MUTER, 1),
        wrong("pushed to its sender", 3_000, address(ERIN), SLEEPER, 1),
        wrong("pushed to no member", 3_000, address(LOOKER), SLEEPER, 1),
        wrong("pushed after logging out", 9_000, address(LEAVER), LEAVER, 1),
        wrong("pushed to whom the phone was before", 9_200, SHARED, LENDER, 1),
        wrong("pushed to an unknown address", 3_000, address(BORROWER), SLEEPER, 1),
        wrong("pushed twice without a kill", 3_000, address(SLEEPER), SLEEPER, 1),
        wrong("pushed what is not kept", 8_000, address(SLEEPER), SLEEPER, 9),
        new PlantedFault(
            "pushed before grace was over on another phone",
            Invariant.PUSH_WRONG,
            run -> {
              run.phones.arrived.removeIf(
                  it -> isOf(it, READER, 2) && it.address().equals(address(READER)));
              run.phones.push(9_200, address(READER), READER, 2);
            }),
        new PlantedFault(
            "banner taken away unread", Invariant.PUSH_WRONG, PushFaults::clearedUnread));
  }

  private static PlantedFault wrong(
      String name, int ms, String address, String recipient, long sequence) {
    return new PlantedFault(
        name, Invariant.PUSH_WRONG, run -> run.phones.push(ms, address, recipient, sequence));
  }

  private static boolean isOf(Arrived push, String recipient, long sequence) {
    return push.conversation().equals(talk(recipient)) && push.sequence() == sequence;
  }

  private static void neverPushed(RecordedRun run) {
    run.phones.arrived.removeIf(it -> isOf(it, SLEEPER, 1));
  }

  private static void clearedUnread(RecordedRun run) {
    run.phones.arrived.add(
        new Arrived(run.phones.at(5_200), address(SLEEPER), talk(SLEEPER), 1, true));
  }
}
