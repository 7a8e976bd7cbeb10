// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.node.OwnNode;
import tern.loadtest.node.ServerUse;
import tern.loadtest.target.Target;

/// How many messages a second a node takes where half of the recipients acknowledge and half are
/// absent, with a registered phone all of them.
final class IntakeRun {
  private static final int CALLERS = 8;
  /// How many have a phone.
  static final int PEOPLE = 400;

  private static final Duration UNTIL_NONE = Duration.ofSeconds(30);
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private IntakeRun() {}

  /// What came of it.
  ///
  /// @param cpuMicros of node and PostgreSQL, for each message
  /// @param waiting pushes that wait when the last message has been sent
  record Figures(double perSecond, double cpuMicros, long waiting, Duration untilNone) {}

  /// Measures on a fresh node.
  static Figures measure(boolean isSettling, Duration time, AcceptAll apple) {
    List<String> options = isSettling ? List.of() : List.of("-Dtern.loadtest.settling=off");
    String secret = PushCommand.secret();
    try (OwnNode node = OwnNode.start(secret, options, apple.settings());
        Target target = new Target(node.address(), secret, Optional.empty());
        Sockets sockets = new Sockets(1)) {
      return measure(sockets, target, node, time);
    }
  }

  private static Figures measure(Sockets sockets, Target target, OwnNode node, Duration time) {
    List<Integer> people = IntStream.range(0, PEOPLE).boxed().toList();
    Sleeper.register(sockets, target, people);
    List<Awake> awake =
        people.subList(0, PEOPLE / 2).stream().map(it -> new Awake(sockets, target, it)).toList();
    awake.forEach(Awake::start);
    Callers.await("everybody is welcome", () -> awake.stream().allMatch(Awake::isWelcome));
    Caller.Tally tally = new Caller.Tally(PEOPLE);
    Callers callers = new Callers(sockets, target, CALLERS, tally);
    callers.open(people);
    Await.passing(Sleeper.UNTIL_AWAY);
    callers.sendOn(people);
    Await.passing(WARM_UP);
    long before = tally.accepted.sum();
    ServerUse used = ServerUse.of(node.node());
    long from = System.nanoTime();
    Await.passing(time);
    long count = tally.accepted.sum() - before;
    double seconds = (System.nanoTime() - from) / 1e9;
    ServerUse use = ServerUse.of(node.node()).since(used);
    Backlog backlog = new Backlog(node);
    long waiting = backlog.waiting();
    callers.endSending();
    Duration untilNone = backlog.awaitNone(UNTIL_NONE);
    callers.check();
    callers.leave();
    awake.forEach(Awake::stop);
    return new Figures(
        count / seconds, (use.node() + use.postgres()) * 1e6 / count, waiting, untilNone);
  }
}
