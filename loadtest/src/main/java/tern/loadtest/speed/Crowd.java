// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tern.v1.Message;

/// The members of one large group. A message that has reached all others makes room for the next,
/// of which the writers take turns. Called from every event loop.
final class Crowd {
  private final List<Talker> talkers;
  private final int writers;
  private final String group;
  private final Map<Long, AtomicInteger> reached = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  Crowd(List<Talker> talkers, int writers, String group) {
    this.talkers = talkers;
    this.writers = writers;
    this.group = group;
  }

  void begin(int inFlight) {
    for (Talker talker : talkers) {
      talker.device().loop().execute(() -> talker.onMessage((_, message) -> reach(message)));
    }
    for (int i = 0; i < inFlight; i++) {
      writeNext();
    }
  }

  private void reach(Message message) {
    AtomicInteger count = reached.computeIfAbsent(message.getSequence(), _ -> new AtomicInteger());
    if (count.incrementAndGet() == talkers.size() - 1) {
      reached.remove(message.getSequence());
      writeNext();
    }
  }

  private void writeNext() {
    Talker writer = talkers.get(Math.floorMod(turn.getAndIncrement(), writers));
    writer.device().loop().execute(() -> writer.send(group, System.nanoTime()));
  }
}
