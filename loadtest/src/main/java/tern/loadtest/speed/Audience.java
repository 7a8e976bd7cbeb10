// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.target.Target;
import tern.v1.ClientFrame;

/// Many talkers that connect together; each lives on one of the driver's event loops.
final class Audience {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // Not all in one moment: it is not the connecting that is measured.
  private static final int AT_ONCE = 200;

  private final List<Talker> talkers = new ArrayList<>();

  Audience(Sockets sockets, Target target, List<String> users, Figures figures, int bytes) {
    for (String user : users) {
      talkers.add(new Talker(sockets, target, user, figures, bytes));
    }
  }

  List<Talker> talkers() {
    return talkers;
  }

  void connect() {
    for (int from = 0; from < talkers.size(); from += AT_ONCE) {
      List<Talker> some = talkers.subList(from, Math.min(talkers.size(), from + AT_ONCE));
      some.forEach(talker -> talker.device().loop().execute(talker::start));
      awaitAll(some, talker -> talker.device().isWelcome(), "connected");
    }
  }

  /// Lets one of them open a conversation and returns its id.
  static String open(Talker talker, ClientFrame request) {
    talker.device().loop().execute(() -> talker.device().ask(request));
    awaitAll(List.of(talker), each -> each.opened().isPresent(), "opened its conversation");
    return Await.on(talker.device().loop(), () -> talker.opened().orElseThrow());
  }

  /// Returns when all of them see the conversation live.
  static void awaitOpen(List<Talker> talkers, String conversation) {
    awaitAll(
        talkers,
        talker -> talker.device().standing(conversation).isPresent(),
        "caught up with its conversation");
  }

  void leave() {
    talkers.forEach(talker -> talker.device().loop().execute(() -> talker.device().stop(true)));
  }

  private static void awaitAll(List<Talker> talkers, Predicate<Talker> condition, String what) {
    boolean inTime =
        Await.until(
            PATIENCE,
            () ->
                talkers.stream()
                    .allMatch(
                        talker -> Await.on(talker.device().loop(), () -> condition.test(talker))));
    if (!inTime) {
      throw new IllegalStateException("not everybody has " + what + " within " + PATIENCE);
    }
  }
}
