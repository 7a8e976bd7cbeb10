// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.Changes;
import tern.v1.Message;
import tern.v1.ServerFrame;

/// The switch from catching up to live loses and doubles nothing while others write on and on.
@Tag("slow")
final class CatchUpUnderFireTest {
  private static final int ROUNDS = 60;
  private static final Duration BURST = Duration.ofMillis(2);

  @AutoClose
  private static final TestNode node =
      TestNode.start(Map.of("TERN_LIMITS_REQUESTS_IN_FLIGHT", "10000"));

  // What a client keeps that goes by "after" and "through" alone.
  private static final class Reader {
    private final String room;
    private long revision;
    private long sequence;
    private int caughtUp;
    private int live;

    Reader(String room) {
      this.room = room;
      this.revision = 1;
    }

    // Strict: right after a catch-up nothing may be missing and nothing come again.
    void apply(Changes changes) {
      assertThat(changes.getAfter()).as("no gap, no double").isEqualTo(revision);
      for (Message message : changes.getMessagesList()) {
        assertThat(message.getSequence()).isEqualTo(sequence + 1);
        sequence = message.getSequence();
      }
      revision = changes.getThrough();
    }

    void catchUp(TestClient client, int more) {
      int id = client.send(Requests.catchUp(room, client.position(revision, sequence)));
      boolean isLive = false;
      int heard = 0;
      while (heard < more) {
        ServerFrame frame = client.await(it -> concerns(it, id));
        if (frame.hasCatchUpPage()) {
          assertThat(isLive).as("pages end with live").isFalse();
          isLive = frame.getCatchUpPage().getLive();
          apply(frame.getCatchUpPage().getChanges());
          caughtUp++;
        } else if (isLive) {
          apply(frame.getEnvelope().getChanges());
          live++;
          heard++;
        } else {
          // It was on its way when the request came: what the reader stood at is moved by it.
          assertThat(frame.getEnvelope().getChanges().getThrough()).isPositive();
        }
      }
    }

    private boolean concerns(ServerFrame frame, int id) {
      return frame.getId() == id
          || frame.getEnvelope().getChanges().getConversationId().equals(room);
    }
  }

  private static Thread writing(TestClient writer, String room, AtomicBoolean ends) {
    return Thread.startVirtualThread(
        () -> {
          for (int i = 0; !ends.get(); i++) {
            writer.send(TestClient.message(room, "message " + i, UUID.randomUUID()));
            Eventually.passes(BURST);
          }
        });
  }

  @Test
  void nothingIsMissedOrDoubledHoweverOftenOneCatchesUp() throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      Thread writer = writing(alice, room, ends);
      Reader reader = new Reader(room);

      for (int round = 0; round < ROUNDS; round++) {
        reader.catchUp(bob, round % 7 + 1);
      }
      ends.set(true);
      writer.join();

      assertThat(reader.caughtUp).isGreaterThanOrEqualTo(ROUNDS);
      assertThat(reader.live).isGreaterThan(ROUNDS);
      assertThat(reader.revision).isEqualTo(reader.sequence + 1);
    }
  }

  @Test
  void whoConnectsUnderFireCatchesUpWithoutAGap() throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");
      Thread writer = writing(alice, room, ends);
      Reader reader = new Reader(room);

      for (int round = 0; round < 15; round++) {
        try (TestClient bob = node.connect("bob2")) {
          reader.catchUp(bob, 5);
        }
      }
      ends.set(true);
      writer.join();

      assertThat(reader.sequence).isGreaterThan(75);
    }
  }

  @Test
  void secondCatchUpOfTheSameConversationIsRefusedWhileOneRuns() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      for (int i = 0; i < 300; i++) {
        alice.send(TestClient.message(room, "message " + i, UUID.randomUUID()));
      }
      for (int i = 0; i < 300; i++) {
        alice.await(ServerFrame::hasAccepted);
      }

      List<Integer> ids =
          List.of(
              alice.send(Requests.catchUp(room, alice.position(1, 0))),
              alice.send(Requests.catchUp(room, alice.position(1, 0))));

      ServerFrame refused = alice.await(frame -> frame.getId() == ids.getLast());
      assertThat(refused.hasError()).isTrue();
      ServerFrame last =
          alice.await(frame -> frame.getId() == ids.getFirst() && frame.getCatchUpPage().getLive());
      assertThat(last.getCatchUpPage().getChanges().getThrough()).isEqualTo(301);
    }
  }
}
