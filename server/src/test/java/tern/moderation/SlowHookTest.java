// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// Whoever waits for the app's backend waits in the order of the sender, and alone.
@Tag("slow")
final class SlowHookTest {
  @AutoClose private static final TestHook HOOK = new TestHook();

  @AutoClose private static final TestNode NODE = TestNode.start(settings());
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");
  @AutoClose private static final TestClient BOB = NODE.connect("bob");

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(HOOK.settings("closed", "5s"));
    settings.put("TERN_DATABASE_POOL_SIZE", "4");
    return settings;
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean _ = latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSlowAnswerKeepsTheSendersOrderAndHoldsUpNobodyElse() {
    String slow = ALICE.createGroup("slow", "bob");
    String other = ALICE.createGroup("other", "bob");
    CountDownLatch released = new CountDownLatch(1);
    HOOK.answers(
        it -> {
          if (it.text().equals("slow 1")) {
            await(released);
          }
          return TestHook.ALLOW;
        });

    int first = ALICE.send(TestClient.message(slow, "slow 1", UUID.randomUUID()));
    int second = ALICE.send(TestClient.message(slow, "slow 2", UUID.randomUUID()));
    assertThat(ALICE.say(other, "at once").getSequence()).isEqualTo(1);
    assertThat(BOB.say(slow, "slow, from bob").getSequence()).isEqualTo(1);
    assertThat(HOOK.askedAbout("slow 2")).isEmpty();
    released.countDown();

    assertThat(ALICE.await(it -> it.getId() == first).getAccepted().getSequence()).isEqualTo(2);
    assertThat(ALICE.await(it -> it.getId() == second).getAccepted().getSequence()).isEqualTo(3);
  }

  @Test
  void editsThatWaitLeaveTheirTurnsToOtherRequests() {
    String room = ALICE.createGroup("edits", "bob");
    ALICE.say(room, "original");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HOOK.answers(
        it -> {
          if (it.type().equals("message.before_edit")) {
            asked.countDown();
            await(released);
          }
          return TestHook.ALLOW;
        });

    // As many as use the store at once: one that is asked about, and all that the line holds.
    List<Integer> ids = new ArrayList<>();
    ids.add(ALICE.send(Requests.edit(room, 1, UUID.randomUUID(), "first edit")));
    await(asked);
    for (int i = 0; i < 3; i++) {
      ids.add(ALICE.send(Requests.edit(room, 1, UUID.randomUUID(), "edit " + i)));
    }
    assertThat(ALICE.ask(Requests.before(room, 0, 1)).hasHistoryPage()).isTrue();
    released.countDown();

    assertThat(ids)
        .allSatisfy(
            id -> assertThat(ALICE.await(it -> it.getId() == id).hasMessageChanged()).isTrue());
  }

  @Test
  void whenAsManyWaitAsMayTheNextIsRefusedForNow() {
    String room = ALICE.createGroup("full", "bob");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HOOK.answers(
        _ -> {
          asked.countDown();
          await(released);
          return TestHook.ALLOW;
        });

    List<Integer> ids = new ArrayList<>();
    ids.add(ALICE.send(TestClient.message(room, "crowd", UUID.randomUUID())));
    await(asked);
    for (int i = 1; i < 12; i++) {
      ids.add(ALICE.send(TestClient.message(room, "crowd", UUID.randomUUID())));
    }
    // The line holds three, beside the one that is asked about.
    ServerFrame last = ALICE.await(it -> it.getId() == ids.getLast());
    released.countDown();

    assertThat(last.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNAVAILABLE);
    assertThat(last.getError().getMayRetry()).isTrue();
    assertThat(ids.stream().limit(4))
        .allSatisfy(id -> assertThat(ALICE.await(it -> it.getId() == id).hasAccepted()).isTrue());
  }
}
