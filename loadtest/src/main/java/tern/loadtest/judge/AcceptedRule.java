// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Witnessed;

/// What was accepted is in the store, under the number that was told, and a repeat was told the
/// first number.
final class AcceptedRule implements Rule {
  private record Key(String conversation, String user, String clientMessageId) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Key, Item> kept = kept(truth);
    Map<Key, Seen.Accepted> first = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Accepted accepted) {
          Key key = new Key(accepted.conversation(), client.user(), accepted.clientMessageId());
          checkKept(client, accepted, truth, Optional.ofNullable(kept.get(key)), findings);
          checkRepeat(client, accepted, first.put(key, accepted), findings);
        }
      }
    }
    for (Witnessed witnessed : history.witnessed()) {
      findings.check(
          Invariant.UNCOMMITTED,
          witnessed.found(),
          "accepted, but not visible in the store at that moment: %s",
          witnessed);
    }
  }

  private static Map<Key, Item> kept(Truth truth) {
    Map<Key, Item> kept = new HashMap<>();
    for (Room room : truth.rooms()) {
      for (Item item : room.messages()) {
        kept.put(
            new Key(room.stored().conversation(), item.sender(), item.clientMessageId()), item);
      }
    }
    return kept;
  }

  private static void checkKept(
      ClientLog client,
      Seen.Accepted accepted,
      Truth truth,
      Optional<Item> kept,
      Findings findings) {
    findings.check(
        Invariant.LOST, kept.isPresent(), "%s: accepted and lost: %s", client.client(), accepted);
    Optional<Item> there = truth.room(accepted.conversation()).message(accepted.sequence());
    boolean isThere =
        there.isPresent()
            && there.get().revision() == accepted.revision()
            && there.get().sender().equals(client.user())
            && there.get().clientMessageId().equals(accepted.clientMessageId());
    findings.check(
        Invariant.UNCOMMITTED,
        isThere,
        "%s: %s, but the store holds there %s",
        client.client(),
        accepted,
        there);
  }

  private static void checkRepeat(
      ClientLog client, Seen.Accepted accepted, Seen.@Nullable Accepted before, Findings findings) {
    if (before != null) {
      findings.check(
          Invariant.DUPLICATED,
          before.sequence() == accepted.sequence()
              && before.revision() == accepted.revision()
              && (before.duplicate() || accepted.duplicate()),
          "%s: one message accepted twice: %s and %s",
          client.client(),
          before,
          accepted);
    }
  }
}
