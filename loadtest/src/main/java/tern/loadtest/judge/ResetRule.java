// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;

/// A reset has one of the reasons that the protocol names, and the reason is true.
final class ResetRule implements Rule {
  private static final long MAX_CHANGES_BEHIND = 1_000;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      Map<Integer, Seen.CatchUpAsked> asked = new HashMap<>();
      // How far each request's pages have come: a slow session may fall behind on its way.
      Map<Integer, Long> reached = new HashMap<>();
      String epoch = "";
      for (Seen seen : client.seen()) {
        switch (seen) {
          case Seen.Opened opened -> {
            epoch = opened.epoch();
            asked.clear();
            reached.clear();
          }
          case Seen.CatchUpAsked request -> asked.put(request.request(), request);
          case Seen.CatchUpPage page -> {
            Optional<Long> before =
                Optional.ofNullable(reached.put(page.request(), page.step().through()));
            check(client, page, asked.get(page.request()), before, epoch, truth, findings);
          }
          default -> {}
        }
      }
    }
  }

  private static void check(
      ClientLog client,
      Seen.CatchUpPage page,
      Seen.@Nullable CatchUpAsked asked,
      Optional<Long> reached,
      String epoch,
      Truth truth,
      Findings findings) {
    if (page.reset().isEmpty()) {
      return;
    }
    findings.check(
        Invariant.RESETS,
        isTrue(client, page, asked, reached, epoch, truth),
        "%s: reset for %s of %s at revision %s, asked %s, had got to %s",
        client.client(),
        page.reset(),
        page.step().conversation(),
        page.step().through(),
        asked,
        reached);
  }

  private static boolean isTrue(
      ClientLog client,
      Seen.CatchUpPage page,
      Seen.@Nullable CatchUpAsked asked,
      Optional<Long> reached,
      String epoch,
      Truth truth) {
    if (asked == null) {
      return false;
    }
    long head = page.step().through();
    long mine = reached.orElse(asked.revision());
    boolean isFirst = reached.isEmpty();
    Room room = truth.room(page.step().conversation());
    Optional<Stay> stay = room.stayAt(client.user(), head);
    return switch (page.reset()) {
      case "NO_POSITION" -> isFirst && asked.revision() < 0;
      case "EPOCH" -> isFirst && asked.revision() >= 0 && !asked.epoch().equals(epoch);
      case "BEYOND_HEAD" -> isFirst && asked.revision() > head;
      case "REJOINED" -> stay.isPresent() && mine < stay.get().joined();
      case "TOO_FAR_BEHIND" -> head - mine > MAX_CHANGES_BEHIND;
      default -> false;
    };
  }
}
