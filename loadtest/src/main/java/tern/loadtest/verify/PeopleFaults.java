// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedEntries.ERIN;
import static tern.loadtest.verify.RecordedEntries.FRANK;
import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;
import static tern.loadtest.verify.RecordedRun.MALLORY;

import java.util.List;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Seen;
import tern.loadtest.judge.Invariant;

/// Faults in what people say of each other and of themselves.
final class PeopleFaults {
  private static final long LONG_AFTER = 10_000_000_000L;

  private PeopleFaults() {}

  static List<PlantedFault> ofRelations() {
    return List.of(
        new PlantedFault(
            "sent while blocked", Invariant.LEAKED, run -> run.pair.blocks.removeLast()),
        new PlantedFault(
            "block lost", Invariant.LOST, run -> run.relations.removeIf(Relation::blocked)),
        new PlantedFault(
            "block nobody asked for",
            Invariant.LEAKED,
            run -> run.log(FRANK).removeIf(Seen.RelationAsked.class::isInstance)),
        new PlantedFault(
            "refused as if blocked", Invariant.REFUSED, run -> run.pair.blocks.clear()),
        new PlantedFault(
            "refused long after a block", Invariant.REFUSED, PeopleFaults::refusedLongAfter),
        new PlantedFault(
            "block never answered",
            Invariant.REFUSED,
            run -> run.log(FRANK).removeIf(Seen.Related.class::isInstance)),
        new PlantedFault(
            "told of a relation that never was", Invariant.DIVERGED, PeopleFaults::toldOfMute),
        new PlantedFault("muted one not listed", Invariant.DIVERGED, PeopleFaults::listedNobody),
        new PlantedFault(
            "blocked one counted", Invariant.MISCOUNTED, PeopleFaults::countedBlocked));
  }

  static List<PlantedFault> ofConsent() {
    return List.of(
        new PlantedFault(
            "founding refused without a reason",
            Invariant.REFUSED,
            run ->
                new Forgery(run, ERIN)
                    .last(
                        Seen.FoundingAsked.class::isInstance,
                        seen -> {
                          Seen.FoundingAsked of = (Seen.FoundingAsked) seen;
                          return new Seen.FoundingAsked(
                              of.at(), of.session(), of.request(), List.of(BOB));
                        })),
        new PlantedFault(
            "founding never answered",
            Invariant.REFUSED,
            run -> run.log(ERIN).removeIf(Seen.FoundingRefused.class::isInstance)),
        new PlantedFault(
            "brought into a new group by whom they block",
            Invariant.LEAKED,
            run -> blockedLongBefore(run, BOB, ALICE)),
        new PlantedFault(
            "added by whom they block",
            Invariant.LEAKED,
            run -> blockedLongBefore(run, CAROL, ALICE)));
  }

  private static void blockedLongBefore(RecordedRun run, String user, String other) {
    Relation.Wish wish = new Relation.Wish(Relation.Kind.BLOCK, other, true);
    run.log(user).addFirst(new Seen.RelationAsked(-LONG_AFTER, 1, run.nextRequest(), wish));
    run.relations.addFirst(new Relation(user, other, true, false, -LONG_AFTER));
  }

  static List<PlantedFault> ofProfiles() {
    return List.of(
        new PlantedFault("profile lost", Invariant.LOST, run -> run.profiles.removeLast()),
        new PlantedFault(
            "profile nobody asked for",
            Invariant.LEAKED,
            run -> run.log(BOB).removeIf(Seen.ProfileAsked.class::isInstance)),
        new PlantedFault(
            "profile that never was",
            Invariant.DIVERGED,
            run -> shown(run, ALICE, List.of(BOB), List.of(renamed(run)))),
        new PlantedFault(
            "old profile in the end",
            Invariant.DIVERGED,
            run -> shown(run, ALICE, List.of(BOB), List.of(run.profiles.getFirst()))),
        new PlantedFault(
            "profile not shown in the end",
            Invariant.DIVERGED,
            run -> shown(run, ALICE, List.of(BOB), List.of())),
        new PlantedFault(
            "profile shown to a stranger",
            Invariant.LEAKED,
            run -> shown(run, MALLORY, List.of(BOB), List.of(run.profiles.getLast()))));
  }

  private static void refusedLongAfter(RecordedRun run) {
    run.pass(LONG_AFTER);
    RecordedPeople.refuse(run, "erin:9");
  }

  private static void toldOfMute(RecordedRun run) {
    run.log(FRANK)
        .add(new Seen.Related(run.now(), 1, 0, new Relation(FRANK, ERIN, false, true, run.now())));
  }

  private static void listedNobody(RecordedRun run) {
    new Forgery(run, ALICE)
        .last(
            Seen.RelationsListed.class::isInstance,
            seen -> {
              Seen.RelationsListed of = (Seen.RelationsListed) seen;
              return new Seen.RelationsListed(of.at(), of.session(), of.kind(), List.of());
            });
  }

  /// Bob blocks carol, and what she wrote counts all the same.
  private static void countedBlocked(RecordedRun run) {
    run.relations.add(new Relation(ALICE, CAROL, true, false, run.now()));
    run.relations.add(new Relation(ALICE, BOB, true, false, run.now()));
    run.relations.add(new Relation(CAROL, ALICE, true, false, run.now()));
    run.relations.add(new Relation(CAROL, BOB, true, false, run.now()));
  }

  private static ProfileSeen renamed(RecordedRun run) {
    ProfileSeen last = run.profiles.getLast();
    return new ProfileSeen(
        BOB, Relations.parts("Mallory", "", "{}"), last.changedAtMs(), last.at());
  }

  private static void shown(
      RecordedRun run, String user, List<String> asked, List<ProfileSeen> profiles) {
    run.log(user)
        .add(
            new Seen.ProfilesShown(
                run.now(), run.session(user), run.nextRequest(), asked, profiles));
  }
}
