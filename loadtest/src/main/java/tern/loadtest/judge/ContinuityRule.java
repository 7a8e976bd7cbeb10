// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// In an unbroken session each live step begins where the one before ended; a catch-up begins at
/// the position asked from, its pages follow each other, and the first live step after it begins
/// where it ended. A step that is repeated, as the safety net does after a crash, is passed over:
/// so do clients.
final class ContinuityRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      new Session(client, truth, findings).check();
    }
  }

  /// What the current session of one client has been shown of each conversation.
  private static final class Session {
    private final ClientLog client;
    private final Truth truth;
    private final Findings findings;
    // How far the client knows each conversation, in this session or from an earlier one.
    private final Map<String, Long> known = new HashMap<>();
    // Those whose steps must follow each other from here on; others it may have missed while away.
    private final Set<String> unbroken = new HashSet<>();
    // Those whose catch-up was asked for and has not ended: a step that fits may be a repeated one.
    private final Set<String> catchingUp = new HashSet<>();
    private final Map<String, Boolean> betweenPages = new HashMap<>();
    private final Map<Integer, Long> pageFrom = new HashMap<>();

    Session(ClientLog client, Truth truth, Findings findings) {
      this.client = client;
      this.truth = truth;
      this.findings = findings;
    }

    void check() {
      for (Seen seen : client.seen()) {
        switch (seen) {
          case Seen.Opened _ -> {
            unbroken.clear();
            catchingUp.clear();
            betweenPages.clear();
            pageFrom.clear();
          }
          case Seen.CatchUpAsked asked -> {
            pageFrom.put(asked.request(), asked.revision());
            catchingUp.add(asked.conversation());
          }
          case Seen.CatchUpPage page -> checkPage(page);
          case Seen.Live live -> checkLive(live.step());
          case Seen.Refused refused when refused.request().equals("CATCH_UP") -> {
            unbroken.remove(refused.conversation());
            catchingUp.remove(refused.conversation());
            betweenPages.remove(refused.conversation());
          }
          default -> {}
        }
      }
    }

    private void checkPage(Seen.CatchUpPage page) {
      Step step = page.step();
      @Nullable Long from = pageFrom.put(page.request(), step.through());
      findings.check(
          Invariant.GAPS,
          page.reset().isEmpty() ? from != null && from == step.after() : step.after() == 0,
          "%s: a page of %s begins at %s (expected: %s)",
          client.client(),
          step.conversation(),
          step.after(),
          from);
      boolean isReset = !page.reset().isEmpty();
      known.merge(step.conversation(), step.through(), isReset ? (_, now) -> now : Math::max);
      if (page.live()) {
        unbroken.add(step.conversation());
        catchingUp.remove(step.conversation());
      }
      betweenPages.put(step.conversation(), !page.live());
    }

    private void checkLive(Step step) {
      String conversation = step.conversation();
      findings.check(
          Invariant.DISORDERED,
          !betweenPages.getOrDefault(conversation, false),
          "%s: a live step of %s between two pages of its catch-up",
          client.client(),
          conversation);
      @Nullable Long from = known.get(conversation);
      if (from == null || step.through() <= from) {
        return;
      }
      checkFollows(step, from);
      if (step.after() > from) {
        // It has to catch up now, and is not unbroken until it has.
        unbroken.remove(conversation);
        return;
      }
      known.put(conversation, step.through());
      if (!catchingUp.contains(conversation)) {
        unbroken.add(conversation);
      }
    }

    private void checkFollows(Step step, long from) {
      String conversation = step.conversation();
      findings.check(
          Invariant.GAPS,
          step.after() <= from
              || !unbroken.contains(conversation)
              || truth.room(conversation).rejoined(client.user(), from, step.through()),
          "%s: live in %s up to %s, then from %s on",
          client.client(),
          conversation,
          from,
          step.after());
      findings.check(
          Invariant.DISORDERED,
          step.after() >= from,
          "%s: live in %s from %s to %s, which overlaps %s",
          client.client(),
          conversation,
          step.after(),
          step.through(),
          from);
    }
  }
}
