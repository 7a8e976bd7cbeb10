// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import tern.loadtest.history.History;

/// Reads a history and says whether Tern's promises were kept in it. Knows nothing of sockets or
/// servers, so that recorded histories with planted faults can be put before it as well.
public final class Judge {
  private static final List<Rule> RULES =
      List.of(
          new StoreRule(),
          new AcceptedRule(),
          new SentRule(),
          new OrderRule(),
          new AnswerRule(),
          new StateRule(),
          new ToldRule(),
          new RightsRule(),
          new RulingRule(),
          new RuledRule(),
          new RulingAnswerRule(),
          new ConsentRule(),
          new EntryRule(),
          new InviteRule(),
          new EndRule(),
          new PeopleRule(),
          new ProfileRule(),
          new ChangedRule(),
          new ChangeAnswerRule(),
          new DeletedRule(),
          new ContinuityRule(),
          new PageRule(),
          new HistoryPageRule(),
          new ViewRule(),
          new WatchRule(),
          new ListingRule(),
          new SecrecyRule(),
          new InboxRule(),
          new PlaceRule(),
          new ForwardRule(),
          new PressRule(),
          new ResetRule(),
          new LiveRule(),
          new DurabilityRule(),
          new PushMissingRule(),
          new PushWrongRule(),
          new UnsettledRule());

  private Judge() {}

  /// Returns the verdict on a history.
  public static Verdict judge(History history) {
    Findings findings = new Findings();
    Truth truth = Truth.of(history);
    for (Rule rule : RULES) {
      rule.check(history, truth, findings);
    }
    return findings.verdict();
  }
}
