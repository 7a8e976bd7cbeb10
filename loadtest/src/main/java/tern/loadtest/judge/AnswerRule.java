// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// Every message ends accepted, or refused for a reason that the history knows: a stranger's or a
/// former member's. A message that is in the store is never refused, and no other error is owed
/// to anybody.
final class AnswerRule implements Rule {
  private static final Set<String> FOR_NOW = Set.of("RATE_LIMITED", "UNAVAILABLE");
  private static final String NOT_FOUND = "NOT_FOUND";

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, truth, findings);
      }
    }
  }

  private static void check(ClientLog client, Truth truth, Findings findings) {
    Map<String, Seen.Sent> open = new HashMap<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Sent sent -> open.put(sent.clientMessageId(), sent);
        case Seen.Accepted accepted -> open.remove(accepted.clientMessageId());
        case Seen.Refused refused when !FOR_NOW.contains(refused.code()) -> {
          open.remove(refused.clientMessageId());
          checkRefused(client, refused, truth.room(refused.conversation()), findings);
        }
        default -> {}
      }
    }
    findings.check(
        Invariant.REFUSED,
        open.isEmpty(),
        "%s: no answer to the end: %s",
        client.client(),
        open.values());
  }

  private static void checkRefused(
      ClientLog client, Seen.Refused refused, Room room, Findings findings) {
    List<Stay> stays = room.stays(client.user());
    boolean alwaysMember = stays.size() == 1 && stays.getFirst().lasts() && isFounder(stays);
    findings.check(
        Invariant.REFUSED,
        refused.code().equals(NOT_FOUND) && !alwaysMember,
        "%s: %s",
        client.client(),
        refused);
    if (!refused.clientMessageId().isEmpty()) {
      findings.check(
          Invariant.REFUSED,
          room.messages().stream().noneMatch(kept -> isOf(client, refused, kept)),
          "%s: kept, and yet %s",
          client.client(),
          refused);
    }
  }

  /// Who joined later may have been refused before that.
  private static boolean isFounder(List<Stay> stays) {
    return stays.getFirst().joined() <= 1;
  }

  private static boolean isOf(ClientLog client, Seen.Refused refused, Item kept) {
    return kept.sender().equals(client.user())
        && kept.clientMessageId().equals(refused.clientMessageId());
  }
}
