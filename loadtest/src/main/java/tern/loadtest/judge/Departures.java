// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.PushHistory.Arrived;

/// When a push must have left at the latest, from when it came. A node that has just begun first
/// connects to each push service and asks for its access: what it sends meanwhile leaves, and comes
/// later with the first.
final class Departures {
  private static final long CONNECTING = TimeUnit.SECONDS.toNanos(6);
  private static final long WITH_THE_FIRST = TimeUnit.SECONDS.toNanos(1);

  private final List<Long> kills;
  private final Map<List<Object>, Long> first = new HashMap<>();

  Departures(History history) {
    this.kills = history.lives().stream().filter(Life::killed).map(Life::endedAt).toList();
    for (Arrived push : history.pushes().arrived()) {
      first.putIfAbsent(serviceInLife(push), push.at());
    }
  }

  private List<Object> serviceInLife(Arrived push) {
    String service = push.address().substring(0, push.address().indexOf('/'));
    return List.of(service, kills.stream().filter(kill -> kill < push.at()).count());
  }

  /// The moment; before the push came, or just then.
  long of(Arrived push) {
    long since = push.at() - first.getOrDefault(serviceInLife(push), push.at());
    return since < WITH_THE_FIRST ? push.at() - CONNECTING : push.at();
  }
}
