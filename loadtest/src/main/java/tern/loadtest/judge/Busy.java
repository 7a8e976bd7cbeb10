// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;

/// The seconds of a run in which sends waited long for their answer: then the machine has more to
/// do than it can, and nothing that is late tells anything of the server.
final class Busy {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONG_WAIT = SECOND;
  // Of the answers in a second: when more have taken long, it was busy.
  private static final double SHARE = 0.05;

  private final Set<Long> seconds = new HashSet<>();

  private static final class Count {
    private int all;
    private int late;
  }

  static Busy of(History history) {
    Map<Long, Count> counts = new TreeMap<>();
    for (ClientLog client : history.clients()) {
      count(client, counts);
    }
    Busy busy = new Busy();
    counts.forEach(
        (second, count) -> {
          if (count.late > SHARE * count.all) {
            busy.seconds.add(second);
          }
        });
    return busy;
  }

  // Sends and answers of one session: what an earlier socket had sent waited for the server to
  // come back.
  private static void count(ClientLog client, Map<Long, Count> counts) {
    Map<String, Long> sent = new HashMap<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Opened _ -> sent.clear();
        case Seen.Sent send -> sent.put(send.clientMessageId(), send.at());
        case Seen.Accepted accepted -> {
          Long at = sent.remove(accepted.clientMessageId());
          if (at != null) {
            Count count = counts.computeIfAbsent(accepted.at() / SECOND, _ -> new Count());
            count.all++;
            count.late += accepted.at() - at > LONG_WAIT ? 1 : 0;
          }
        }
        default -> {}
      }
    }
  }

  /// Whether the second of this moment was busy, or the one before or after it.
  boolean at(long moment) {
    long second = moment / SECOND;
    return seconds.contains(second - 1) || seconds.contains(second) || seconds.contains(second + 1);
  }
}
