// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Seen;

/// What a user says of another is kept as it was answered, told to nobody else, and listed in the
/// end on each of their devices; nothing is kept that they did not ask for.
final class PeopleRule implements Rule {
  /// Who wants to say what.
  private record Asked(String user, Relation.Wish wish) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Asked, Long> asked = asked(history);
    Map<List<String>, Relation> before = new HashMap<>();
    for (Relation after : history.people().relations()) {
      Relation then =
          before.getOrDefault(
              List.of(after.user(), after.other()),
              new Relation(after.user(), after.other(), false, false, 0));
      before.put(List.of(after.user(), after.other()), after);
      findings.check(
          Invariant.LEAKED,
          isAsked(Relation.Kind.BLOCK, then, after, asked)
              && isAsked(Relation.Kind.MUTE, then, after, asked),
          "store: they did not ask for it: %s became %s",
          then,
          after);
    }
    for (ClientLog client : history.clients()) {
      check(client, truth.said(), findings);
    }
  }

  // The first time that each was asked for.
  private static Map<Asked, Long> asked(History history) {
    Map<Asked, Long> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.RelationAsked of) {
          asked.merge(new Asked(client.user(), of.wish()), of.at(), Math::min);
        }
      }
    }
    return asked;
  }

  private static boolean isAsked(
      Relation.Kind kind, Relation then, Relation now, Map<Asked, Long> asked) {
    boolean on = now.is(kind);
    Asked who = new Asked(now.user(), new Relation.Wish(kind, now.other(), on));
    return then.is(kind) == on
        || asked.getOrDefault(who, Long.MAX_VALUE) <= now.at() + Rights.CLOCKS;
  }

  private static void check(ClientLog client, Said said, Findings findings) {
    Awaited<Seen.RelationAsked> awaited = new Awaited<>();
    boolean isQuiet = false;
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      isQuiet |= seen instanceof Seen.Quiet;
      switch (seen) {
        case Seen.RelationAsked of -> awaited.ask(of.request(), of);
        case Seen.Related of -> {
          checkTold(client, of, said, findings);
          awaited
              .answer(of.request())
              .ifPresent(asked -> checkAnswer(client, of, asked, said, findings));
        }
        case Seen.RelationRefused of -> {
          boolean wasAsked = awaited.answer(of.request()).isPresent();
          findings.check(
              Invariant.REFUSED,
              wasAsked && Awaited.isForNow(of.code()),
              "%s: %s",
              client.client(),
              of);
        }
        case Seen.RelationsListed of -> {
          if (isQuiet) {
            checkList(client, of, said, findings);
          }
        }
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  private static void checkTold(ClientLog client, Seen.Related told, Said said, Findings findings) {
    Relation shown = told.relation();
    findings.check(
        Invariant.DIVERGED,
        said.all(client.user(), shown.other()).stream()
            .anyMatch(
                state ->
                    state.at() <= told.at() + Rights.CLOCKS
                        && state.blocked() == shown.blocked()
                        && state.muted() == shown.muted()),
        "%s: was told %s, the store held %s",
        client.client(),
        told,
        said.all(client.user(), shown.other()));
  }

  /// What was answered was so at a moment between question and answer.
  private static void checkAnswer(
      ClientLog client, Seen.Related told, Seen.RelationAsked asked, Said said, Findings findings) {
    Relation.Wish wish = asked.wish();
    List<Relation> states = said.all(client.user(), wish.other());
    boolean isKept = false;
    for (int i = 0; i < states.size(); i++) {
      boolean hadEnded =
          i + 1 < states.size() && states.get(i + 1).at() + Rights.COMMITTED_BY < asked.at();
      isKept |=
          states.get(i).at() <= told.at() + Rights.CLOCKS
              && !hadEnded
              && states.get(i).is(wish.kind()) == wish.on();
    }
    findings.check(
        Invariant.LOST,
        isKept && told.relation().is(wish.kind()) == wish.on(),
        "%s: said and lost: %s, in answer to %s",
        client.client(),
        told,
        wish);
  }

  private static void checkList(
      ClientLog client, Seen.RelationsListed listed, Said said, Findings findings) {
    Set<String> owed = new TreeSet<>();
    for (Relation last : said.last(client.user())) {
      if (last.is(listed.kind())) {
        owed.add(last.other());
      }
    }
    findings.check(
        Invariant.DIVERGED,
        List.copyOf(owed).equals(listed.others()),
        "%s: is listed %s (expected: %s)",
        client.client(),
        listed,
        owed);
  }
}
