// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;
import java.util.Map;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.push.AppDevice.Kind;

/// A node that pushes to the fakes of all services, with shorter times than Tern's own, when it
/// knows its way about.
final class PushBench implements AutoCloseable {
  static final Duration GRACE = Duration.ofSeconds(2);
  static final Duration ELSEWHERE = Duration.ofSeconds(4);
  static final Duration COME_BACK = Duration.ofSeconds(2);

  private static final Duration STRANGE = Duration.ofMillis(500);
  private static final Map<String, String> TIMINGS =
      Map.of(
          "TERN_PUSH_TIMINGS_GRACE", "2s",
          "TERN_PUSH_TIMINGS_ELSEWHERE", "4s",
          "TERN_PUSH_TIMINGS_COME_BACK", "2s",
          "TERN_PUSH_TIMINGS_UNKNOWN", "500ms");

  private final Providers providers = new Providers();
  private final TestNode node = TestNode.start(providers.settings(TIMINGS));
  private final Outcomes outcomes = new Outcomes(node);

  PushBench() {
    Eventually.passes(STRANGE);
  }

  Providers providers() {
    return providers;
  }

  TestNode node() {
    return node;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /// An iPhone that is away.
  AppDevice phone(String user) {
    return away(Kind.APNS, user, "phone");
  }

  /// A device that is away.
  AppDevice away(Kind kind, String user, String device) {
    return AppDevice.away(node, providers, kind, user, device);
  }

  /// Says something; returns its sequence.
  static long say(TestClient sender, String room) {
    return sender.say(room, "hi").getSequence();
  }

  @Override
  public void close() {
    outcomes.close();
    node.close();
    providers.close();
  }
}
