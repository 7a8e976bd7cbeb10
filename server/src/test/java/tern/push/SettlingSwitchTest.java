// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestClient;
import tern.TestNode;

/// The switch with which `loadtest` measures what settling costs.
@Tag("slow")
final class SettlingSwitchTest {
  private static final String SWITCH = "tern.loadtest.settling";

  @AutoClose private final Providers providers = new Providers();

  @Test
  void doesNothingInANodeThatLoadtestHasNotStarted() {
    System.setProperty(SWITCH, "off");
    try (TestNode node =
            TestNode.start(providers.settings(Map.of("TERN_PUSH_TIMINGS_UNKNOWN", "0s")));
        TestClient alice = node.connect("alice")) {
      AppDevice phone = AppDevice.away(node, providers, AppDevice.Kind.APNS, "bob", "phone");

      long sequence = alice.say(alice.openDirect("bob"), "hi").getSequence();

      assertThat(phone.await(1).sequence()).isEqualTo(sequence);
    } finally {
      System.clearProperty(SWITCH);
    }
  }
}
