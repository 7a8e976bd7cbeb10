// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// The order is that of acceptance: who sends after another message was accepted gets a higher
/// sequence; and what one socket sends first gets the lower one.
final class OrderRule implements Rule {
  private record Key(String conversation, String clientMessageId) {}

  /// When a message was first sent, first accepted, and how often it was sent.
  private static final class Times {
    private long sent = Long.MAX_VALUE;
    private long accepted = Long.MAX_VALUE;
    private int attempts;
  }

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Key, Times> times = times(history);
    for (Room room : truth.rooms()) {
      checkRealTime(room, times, findings);
    }
    for (ClientLog client : history.clients()) {
      checkSocket(client, times, findings);
    }
  }

  private static Map<Key, Times> times(History history) {
    Map<Key, Times> times = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Sent sent) {
          Times of = of(times, sent.conversation(), sent.clientMessageId());
          of.sent = Math.min(of.sent, sent.at());
          of.attempts++;
        } else if (seen instanceof Seen.Accepted accepted) {
          Times of = of(times, accepted.conversation(), accepted.clientMessageId());
          of.accepted = Math.min(of.accepted, accepted.at());
        }
      }
    }
    return times;
  }

  private static Times of(Map<Key, Times> times, String conversation, String id) {
    return times.computeIfAbsent(new Key(conversation, id), _ -> new Times());
  }

  private static void checkRealTime(Room room, Map<Key, Times> times, Findings findings) {
    String conversation = room.stored().conversation();
    long earliestAccepted = Long.MAX_VALUE;
    List<Item> messages = room.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      Item item = messages.get(i);
      Times of = times.get(new Key(conversation, item.clientMessageId()));
      if (of != null) {
        findings.check(
            Invariant.DISORDERED,
            of.sent == Long.MAX_VALUE || earliestAccepted >= of.sent,
            "%s: %s was sent after a message with a higher sequence had been accepted",
            conversation,
            item);
        earliestAccepted = Math.min(earliestAccepted, of.accepted);
      }
    }
  }

  private static void checkSocket(ClientLog client, Map<Key, Times> times, Findings findings) {
    Map<Key, Long> sequences = new HashMap<>();
    for (Seen seen : client.seen()) {
      if (seen instanceof Seen.Accepted accepted) {
        sequences.put(
            new Key(accepted.conversation(), accepted.clientMessageId()), accepted.sequence());
      }
    }
    Map<String, Long> last = new HashMap<>();
    int session = 0;
    for (Seen seen : client.seen()) {
      if (seen.session() != session) {
        session = seen.session();
        last.clear();
      }
      if (seen instanceof Seen.Sent sent) {
        Key key = new Key(sent.conversation(), sent.clientMessageId());
        Long sequence = sequences.get(key);
        // What was sent again may have been refused for the moment, and overtaken since.
        if (sequence != null
            && of(times, key.conversation(), key.clientMessageId()).attempts == 1) {
          Long before = last.put(sent.conversation(), sequence);
          findings.check(
              Invariant.DISORDERED,
              before == null || before < sequence,
              "%s: sent in order, kept as %s before %s in %s",
              client.client(),
              sequence,
              before,
              sent.conversation());
        }
      }
    }
  }
}
