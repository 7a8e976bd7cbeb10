// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.OpenRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.UnrulyClient;
import tern.v1.Changes;
import tern.v1.ServerFrame;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// Somebody who watches, and reads too slowly, or may no longer while the store is busy.
@Tag("slow")
final class LaggingWatcherTest {
  // Together more than sockets buffer and the node keeps.
  private static final int MESSAGES = 300;
  private static final int CHARACTERS = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String WAITING =
      "select count(*) from pg_locks where not granted and relation = 'watcher'::regclass";

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
      String room = room(owner, rules(WatchAccess.WATCH_ACCESS_PUBLIC));
      slow.send(OpenRequests.watch(room).setId(2).build());
      String text = "x".repeat(CHARACTERS);
      long last = 0;
      for (int i = 0; i < MESSAGES; i++) {
        last = owner.say(room, text).getSequence();
      }

      assertThat(beginsAnewBefore(slow, last)).isTrue();
    }
  }

  @Test
  void whoMayNoLongerWatchIsSentAwayEvenIfTheStoreDidNotAnswerAtFirst() {
    try (TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));
        TestClient owner = node.connect("owner");
        TestClient ann = TestClient.connectWith(node, node.tokenGranting("ann", "vip"));
        TestSql sql = TestSql.of(node)) {
      String room = room(owner, rules(WatchAccess.WATCH_ACCESS_GRANT).setGrant("vip"));
      assertThat(ann.ask(OpenRequests.watch(room)).hasWatching()).isTrue();
      sql.begin().run("lock table watcher in access exclusive mode");

      ann.ask(Requests.refresh(node.tokenGranting("ann", "other")));
      Eventually.holds("asked", PATIENCE, () -> sql.number(WAITING) > 0);
      Eventually.holds("given up", PATIENCE, () -> sql.number(WAITING) == 0);
      sql.commit();

      assertThat(ann.await(ServerFrame::hasUnwatched).getUnwatched().getConversationId())
          .isEqualTo(room);
    }
  }

  private static WatchRules.Builder rules(WatchAccess access) {
    return WatchRules.newBuilder().setAccess(access);
  }

  private static String room(TestClient owner, WatchRules.Builder rules) {
    return owner
        .ask(OpenRequests.create(rules))
        .getConversationOpened()
        .getConversation()
        .getConversationId();
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
