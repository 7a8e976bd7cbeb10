// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// In an unbroken session each live step begins where the one before ended; a catch-up begins at
/// the position asked from, its pages follow each other, and the first live step after it begins
/// where it ended.
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
    private final Map<String, Long> liveFrom = new HashMap<>();
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
            liveFrom.clear();
            betweenPages.clear();
            pageFrom.clear();
          }
          case Seen.CatchUpAsked asked -> pageFrom.put(asked.request(), asked.revision());
          case Seen.CatchUpPage page -> checkPage(page);
          case Seen.Live live -> checkLive(live.step());
          case Seen.Refused refused when refused.request().equals("CATCH_UP") -> {
            liveFrom.remove(refused.conversation());
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
      if (page.live()) {
        liveFrom.put(step.conversation(), step.through());
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
      @Nullable Long from = liveFrom.put(conversation, step.through());
      if (from == null) {
        return;
      }
      findings.check(
          Invariant.DISORDERED,
          step.after() >= from,
          "%s: live in %s from %s, again after %s",
          client.client(),
          conversation,
          step.after(),
          from);
      findings.check(
          Invariant.GAPS,
          step.after() <= from
              || truth.room(conversation).rejoined(client.user(), from, step.through()),
          "%s: live in %s up to %s, then from %s on",
          client.client(),
          conversation,
          from,
          step.after());
    }
  }
}
