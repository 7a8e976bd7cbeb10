// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.target.Target;

/// Some who share many sleepers among them: each writes to its own.
final class Callers {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<Caller> all = new ArrayList<>();
  private final Caller.Tally tally;

  /// Connects so many; returns when they are welcome.
  Callers(Sockets sockets, Target target, int count, Caller.Tally tally) {
    this.tally = tally;
    for (int i = 0; i < count; i++) {
      all.add(new Caller(sockets, target, "caller" + i, tally));
    }
    all.forEach(Caller::start);
    await("everybody is welcome", () -> all.stream().allMatch(Caller::isWelcome));
  }

  /// Opens a conversation with each; returns when all stand.
  void open(List<Integer> sleepers) {
    share(sleepers, Caller::open);
    await(
        "conversations stand",
        () -> tally.opened.sum() == sleepers.size() || !tally.refusal.get().isEmpty());
    check();
  }

  /// Begins to send each a message.
  void send(List<Integer> sleepers) {
    share(sleepers, Caller::send);
  }

  /// Sends each messages without end.
  void sendOn(List<Integer> sleepers) {
    share(sleepers, Caller::sendOn);
  }

  /// Ends that.
  void endSending() {
    all.forEach(Caller::endSending);
  }

  /// Any one of them.
  Caller one() {
    return all.getFirst();
  }

  void leave() {
    all.forEach(Caller::stop);
  }

  /// Fails when something was refused.
  void check() {
    if (!tally.refusal.get().isEmpty()) {
      throw new IllegalStateException("refused: " + tally.refusal.get());
    }
  }

  // The same sleeper always goes to the same caller.
  private void share(List<Integer> sleepers, BiConsumer<Caller, List<Integer>> what) {
    for (int i = 0; i < all.size(); i++) {
      int mine = i;
      what.accept(all.get(i), sleepers.stream().filter(it -> it % all.size() == mine).toList());
    }
  }

  /// Returns when it is so; fails after two minutes.
  static void await(String what, BooleanSupplier condition) {
    if (!Await.until(PATIENCE, condition)) {
      throw new IllegalStateException("not so within " + PATIENCE.toSeconds() + " s: " + what);
    }
  }
}
