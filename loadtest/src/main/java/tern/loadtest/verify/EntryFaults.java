// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedEntries.ERIN;
import static tern.loadtest.verify.RecordedEntries.FRANK;
import static tern.loadtest.verify.RecordedRun.ALICE;

import java.util.List;
import java.util.function.UnaryOperator;
import tern.loadtest.history.Entry;
import tern.loadtest.history.Invite;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.judge.Invariant;

/// Faults in how groups are joined without being added, and in how they end.
final class EntryFaults {
  private EntryFaults() {}

  static List<PlantedFault> inTheStore() {
    return List.of(
        new PlantedFault(
            "joined by a key that was shut",
            Invariant.LEAKED,
            run -> run.parlour.settings.removeLast()),
        new PlantedFault("joined with a used up token", Invariant.LEAKED, EntryFaults::usedTwice),
        new PlantedFault(
            "joined with nobody's token",
            Invariant.LEAKED,
            run -> run.log(FRANK).removeIf(Seen.JoinAsked.class::isInstance)),
        new PlantedFault("let in with a wrong token", Invariant.LEAKED, EntryFaults::letIn),
        new PlantedFault(
            "invitation nobody asked for",
            Invariant.LEAKED,
            run -> run.log(ALICE).removeIf(seen -> isAsked(seen, Ruling.Kind.INVITE))),
        new PlantedFault(
            "invitation lost",
            Invariant.LOST,
            run -> run.parlour.invites.removeIf(EntryFaults::isRevoked)),
        new PlantedFault(
            "revoked, and still good",
            Invariant.LOST,
            run -> run.parlour.invites.removeIf(invite -> !invite.stands())));
  }

  static List<PlantedFault> inAnswers() {
    return List.of(
        new PlantedFault(
            "turned away without a reason", Invariant.REFUSED, EntryFaults::turnedAway),
        new PlantedFault(
            "knocked and never answered",
            Invariant.REFUSED,
            run -> run.log(ERIN).removeIf(Seen.Joined.class::isInstance)),
        new PlantedFault(
            "joined, and no member",
            Invariant.LOST,
            run -> run.parlour.memberships.removeIf(state -> state.user().equals(ERIN))),
        new PlantedFault(
            "joined, and sees what was before",
            Invariant.LEAKED,
            run -> sees(run, state -> state.visibleFrom() - 1)),
        new PlantedFault(
            "joined, and sees too little",
            Invariant.DIVERGED,
            run -> sees(run, state -> state.visibleFrom() + 1)));
  }

  static List<PlantedFault> ofEnds() {
    return List.of(
        new PlantedFault("deleted by a member", Invariant.LEAKED, EntryFaults::deletedByErin),
        new PlantedFault(
            "deleted, and still there", Invariant.LOST, run -> run.parlour.endedAt = 0),
        new PlantedFault(
            "deleted, and not what was said", Invariant.LEAKED, run -> run.parlour.keeps = true),
        new PlantedFault("deleted twice", Invariant.DUPLICATED, EntryFaults::deletedTwice),
        new PlantedFault("read after its end", Invariant.LEAKED, EntryFaults::readAfterEnd));
  }

  private interface From {
    long of(MemberSeen state);
  }

  private static boolean isAsked(Seen seen, Ruling.Kind kind) {
    return seen instanceof Seen.RulingAsked asked && asked.ruling().kind() == kind;
  }

  private static boolean isRevoked(Invite invite) {
    return invite.tokenHash().equals(RecordedEntries.REVOKED);
  }

  /// The invitation had been used before frank came.
  private static void usedTwice(RecordedRun run) {
    replace(
        run,
        invite ->
            isRevoked(invite)
                ? invite
                : new Invite(
                    invite.id(),
                    invite.tokenHash(),
                    invite.by(),
                    invite.expiresAtMs(),
                    invite.maxUses(),
                    invite.uses() + 1,
                    invite.stands(),
                    invite.revision(),
                    invite.at()));
  }

  private static void replace(RecordedRun run, UnaryOperator<Invite> other) {
    run.parlour.invites.replaceAll(other);
  }

  private static void letIn(RecordedRun run) {
    new Forgery(run, FRANK)
        .last(
            Seen.Joined.class::isInstance,
            seen -> {
              Seen.Joined of = (Seen.Joined) seen;
              return new Seen.Joined(
                  of.at(),
                  of.session(),
                  of.request(),
                  Entry.byToken("anything"),
                  of.conversation(),
                  of.revision());
            });
  }

  private static void turnedAway(RecordedRun run) {
    new Forgery(run, ERIN)
        .last(
            Seen.Joined.class::isInstance,
            seen -> {
              Seen.Joined of = (Seen.Joined) seen;
              return new Seen.JoinRefused(
                  of.at(), of.session(), of.request(), of.entry(), "NOT_FOUND");
            });
  }

  private static void sees(RecordedRun run, From from) {
    run.parlour.memberships.replaceAll(
        state ->
            state.user().equals(FRANK) && !state.removed()
                ? new MemberSeen(
                    state.user(), state.role(), state.revision(), false, from.of(state))
                : state);
  }

  private static void deletedByErin(RecordedRun run) {
    run.log(ALICE).removeIf(seen -> isAsked(seen, Ruling.Kind.END));
  }

  private static Seen deletion(RecordedRun run) {
    return run.log(ALICE).stream()
        .filter(
            seen -> seen instanceof Seen.Ruled ruled && ruled.ruling().kind() == Ruling.Kind.END)
        .findFirst()
        .orElseThrow();
  }

  private static void deletedTwice(RecordedRun run) {
    run.log(ALICE).add(deletion(run));
  }

  private static void readAfterEnd(RecordedRun run) {
    int request = run.nextRequest();
    run.log(ERIN).add(new Seen.HistoryAsked(run.now(), 1, request, run.parlour.id));
    run.log(ERIN)
        .add(
            new Seen.HistoryRead(
                run.now(),
                1,
                request,
                run.parlour.id,
                "after",
                0,
                100,
                List.copyOf(run.parlour.messages),
                false,
                false,
                run.parlour.endedAt - 1));
  }
}
