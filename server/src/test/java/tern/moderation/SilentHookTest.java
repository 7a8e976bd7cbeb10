// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.Error;
import tern.v1.ErrorCode;

/// The app's backend is asked before a message is sent; here silence means that it is not, for now.
@Tag("slow")
final class SilentHookTest {
  @AutoClose private static final TestHook HOOK = new TestHook();

  @AutoClose private static final TestNode NODE = TestNode.start(HOOK.settings("closed", "300ms"));
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");

  private static void await(CountDownLatch latch) {
    try {
      boolean _ = latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertUnavailable(Error error) {
    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNAVAILABLE);
    assertThat(error.getMayRetry()).isTrue();
  }

  @Test
  void silenceBeyondTheDeadlineRefusesForNowAndARepeatIsSent() {
    String room = ALICE.createGroup("silent", "bob");
    ClientFrame.Builder message = TestClient.message(room, "heard later", UUID.randomUUID());
    CountDownLatch released = new CountDownLatch(1);
    HOOK.answers(
        _ -> {
          await(released);
          return TestHook.ALLOW;
        });

    assertUnavailable(ALICE.ask(message).getError());
    released.countDown();

    assertThat(ALICE.ask(message).getAccepted().getDuplicate()).isFalse();
  }
}
