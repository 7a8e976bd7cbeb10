// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.PushHistory.Arrived;

/// No push that is owed nothing, and none twice, but for what kills may have taken away: pushes on
/// their way, and what was acknowledged or read within the second before.
final class PushWrongRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    PhoneWorld world = new PhoneWorld(history);
    PushWrongs wrongs = new PushWrongs(world, history);
    Map<List<String>, List<Arrived>> told = new HashMap<>();
    long repeated = 0;
    for (Arrived push : history.pushes().arrived()) {
      List<Arrived> before =
          told.computeIfAbsent(
              List.of(push.address(), push.conversation()), _ -> new ArrayList<>());
      Optional<String> wrong = wrongs.of(push, before);
      findings.check(
          Invariant.PUSH_WRONG, wrong.isEmpty(), "%s: %s", push, wrong.orElse("is owed"));
      if (!push.clears() && wrong.isEmpty()) {
        if (PushWrongs.newest(before) >= push.sequence() || wrongs.isForgotten(push)) {
          repeated++;
        }
        before.add(push);
      }
    }
    tell(history, world, repeated, findings);
  }

  private static void tell(History history, PhoneWorld world, long repeated, Findings findings) {
    List<Long> inFlight = world.kills().stream().map(kill -> inFlight(history, kill)).toList();
    long lost = inFlight.stream().mapToLong(Long::longValue).sum();
    long unkept = world.toldBeforeKills();
    for (long i = 0; i < repeated; i++) {
      findings.check(
          Invariant.PUSH_REPEATED,
          i < lost + unkept,
          "%d pushes are repeated (expected: <= %d on their way and %d acknowledgements)",
          repeated,
          lost,
          unkept);
    }
    long banners = history.pushes().arrived().stream().filter(it -> !it.clears()).count();
    findings.pushes(
        new Verdict.Pushes(
            banners,
            history.pushes().arrived().size() - banners,
            repeated,
            lost,
            unkept,
            inFlight.stream().filter(it -> it > 0).count()));
  }

  // What had come, and was not answered when the node died; or came only then.
  private static long inFlight(History history, long kill) {
    long answered = kill - history.pushes().times().answer().toNanos();
    long next =
        history.lives().stream()
            .mapToLong(Life::readyAt)
            .filter(it -> it > kill)
            .min()
            .orElse(Long.MAX_VALUE);
    return history.pushes().arrived().stream()
        .filter(it -> !it.clears() && it.at() > answered && it.at() < next)
        .count();
  }
}
