// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;

/// A group that its owner deleted is gone, once, and for all: whatever is asked of it after the
/// answer is answered as if it had never been.
final class EndRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, Long> ended = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Ruled of && of.ruling().kind() == Ruling.Kind.END) {
          String conversation = of.ruling().conversation();
          findings.check(
              Invariant.LOST,
              truth.room(conversation).stored().endedAt() > 0,
              "%s: deleted, and yet it stands: %s",
              client.client(),
              of);
          findings.check(
              Invariant.DUPLICATED,
              ended.put(conversation, of.at()) == null,
              "%s: deleted a second time: %s",
              client.client(),
              of);
        }
      }
    }
    for (ClientLog client : history.clients()) {
      new Session(client, ended, findings).check();
    }
  }

  /// What one client asked for in its current session, and when.
  private static final class Session {
    private final ClientLog client;
    private final Map<String, Long> ended;
    private final Findings findings;
    private final Map<Integer, Long> asked = new HashMap<>();
    private final Map<String, Long> sent = new HashMap<>();

    Session(ClientLog client, Map<String, Long> ended, Findings findings) {
      this.client = client;
      this.ended = ended;
      this.findings = findings;
    }

    void check() {
      for (Seen seen : client.seen()) {
        note(seen);
        switch (seen) {
          case Seen.CatchUpPage of -> check(of.step().conversation(), of.request(), of);
          case Seen.HistoryRead of -> check(of.conversation(), of.request(), of);
          case Seen.Changed of -> check(of.wish().conversation(), of.request(), of);
          case Seen.Ruled of -> check(of.ruling().conversation(), of.request(), of);
          case Seen.Invited of -> check(of.ruling().conversation(), of.request(), of);
          case Seen.Joined of -> check(of.conversation(), of.request(), of);
          case Seen.Pressed of -> check(of.asked().conversation(), of.request(), of);
          case Seen.Arranged of -> check(of.arrangement().conversation(), of.request(), of);
          case Seen.Accepted of ->
              check(of.conversation(), sent.getOrDefault(of.clientMessageId(), 0L), of);
          default -> {}
        }
      }
    }

    private void note(Seen seen) {
      switch (seen) {
        case Seen.Opened _ -> {
          asked.clear();
          sent.clear();
        }
        case Seen.CatchUpAsked of -> asked.put(of.request(), of.at());
        case Seen.HistoryAsked of -> asked.put(of.request(), of.at());
        case Seen.ChangeAsked of -> asked.put(of.request(), of.at());
        case Seen.RulingAsked of -> asked.put(of.request(), of.at());
        case Seen.JoinAsked of -> asked.put(of.request(), of.at());
        case Seen.PressAsked of -> asked.put(of.request(), of.at());
        case Seen.ArrangementAsked of -> asked.put(of.request(), of.at());
        case Seen.Sent of -> sent.putIfAbsent(of.clientMessageId(), of.at());
        default -> {}
      }
    }

    private void check(String conversation, int request, Seen seen) {
      check(conversation, asked.getOrDefault(request, 0L), seen);
    }

    private void check(String conversation, long askedAt, Seen seen) {
      if (ended.containsKey(conversation)) {
        findings.check(
            Invariant.LEAKED,
            askedAt <= ended.get(conversation),
            "%s: asked after the end of %s, and was answered %s",
            client.client(),
            conversation,
            seen);
      }
    }
  }
}
