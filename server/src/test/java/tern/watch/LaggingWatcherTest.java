// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.OpenRequests;
import tern.TestClient;
import tern.TestNode;
import tern.UnrulyClient;
import tern.v1.Changes;
import tern.v1.ServerFrame;

/// Somebody who watches and reads too slowly.
@Tag("slow")
final class LaggingWatcherTest {
  // Together more than sockets buffer and the node keeps.
  private static final int MESSAGES = 300;
  private static final int CHARACTERS = 50_000;

  @Test
  void whoReadsTooSlowlyBeginsAnewWithTheNewestAndIsNotClosed() {
    try (TestNode node =
            TestNode.start(
                Map.of(
                    "TERN_OPEN_USERS_CREATE", "true",
                    "TERN_LIMITS_CONTENT_BYTES", "65536",
                    "TERN_GATEWAY_OUTBOX_BYTES", "65536"));
        TestClient owner = node.connect("owner");
        UnrulyClient slow = UnrulyClient.greeted(node, "slow", "main")) {
      String room =
          owner
              .ask(OpenRequests.create(false))
              .getConversationOpened()
              .getConversation()
              .getConversationId();
      slow.send(OpenRequests.watch(room).setId(2).build());
      String text = "x".repeat(CHARACTERS);
      long last = 0;
      for (int i = 0; i < MESSAGES; i++) {
        last = owner.say(room, text).getSequence();
      }

      assertThat(beginsAnewBefore(slow, last)).isTrue();
    }
  }

  // Reads up to a message; returns whether the client had to begin anew on the way, after its
  // first page.
  private static boolean beginsAnewBefore(UnrulyClient client, long last) {
    int pages = 0;
    long through = 0;
    long sequence = 0;
    while (sequence < last) {
      ServerFrame frame = client.frame();
      assertThat(frame.hasGoodbye()).isFalse();
      if (!frame.hasCatchUpPage() && !frame.hasEnvelope()) {
        continue;
      }
      Changes changes =
          frame.hasEnvelope()
              ? frame.getEnvelope().getChanges()
              : frame.getCatchUpPage().getChanges();
      if (frame.hasCatchUpPage()) {
        pages++;
        assertThat(frame.getCatchUpPage().hasReset()).isTrue();
      } else {
        assertThat(changes.getAfter()).isEqualTo(through);
      }
      through = changes.getThrough();
      sequence = changes.getSequence();
    }
    return pages > 1;
  }
}
