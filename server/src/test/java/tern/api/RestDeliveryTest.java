// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.push.TestPhone;

/// What the backend is told of a message's way to each device.
@Tag("slow")
final class RestDeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration STRANGE = Duration.ofMillis(500);
  private static final long LATER = 1_900_000_000_000L;

  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of(
              "TERN_PUSH_TIMINGS_GRACE", "2s",
              "TERN_PUSH_TIMINGS_UNKNOWN", "500ms"));

  private static final RestClient BACKEND = RestClient.backend(NODE);

  @BeforeAll
  static void awaitAcquaintance() {
    Eventually.passes(STRANGE);
  }

  private static JsonObject delivery(String room, long sequence, String query) {
    return RestClient.json(
        BACKEND.get("/v1/conversations/" + room + "/messages/" + sequence + "/delivery" + query));
  }

  // By user; each has one device.
  private static Map<String, String> outcomes(String room, long sequence) {
    Map<String, String> outcomes = new HashMap<>();
    delivery(room, sequence, "").getJsonArray("devices").stream()
        .map(JsonObject.class::cast)
        .forEach(it -> outcomes.put(it.getString("userId"), it.getString("outcome")));
    return outcomes;
  }

  @Test
  void eachDeviceIsToldOfWithItsReason() {
    try (TestClient alice = NODE.connect("alice1");
        TestPhone bob = new TestPhone(NODE, "bob1", "phone");
        TestPhone carolsPush = new TestPhone(NODE, "carol1", "carol1-phone");
        TestClient carol = NODE.connect("carol1");
        TestPhone dansPush = new TestPhone(NODE, "dan1", "dan1-phone");
        TestClient dan = NODE.connect("dan1");
        TestPhone evesPush = new TestPhone(NODE, "eve1", "eve1-phone");
        TestClient eve = NODE.connect("eve1");
        TestClient frank = NODE.connect("frank1")) {
      String room = alice.createGroup("team", "bob1", "carol1", "dan1", "eve1", "frank1");
      dan.ask(PersonRequests.muteConversation(room, LATER));
      eve.ask(PersonRequests.block("alice1"));

      long sequence = alice.say(room, "hi").getSequence();
      carol.send(Requests.acknowledge(room, 100, sequence));
      bob.await(1);

      Map<String, String> expected =
          Map.of(
              "alice1", "own_message",
              "bob1", "accepted",
              "carol1", "acknowledged",
              "dan1", "muted",
              "eve1", "blocked",
              "frank1", "no_registration");
      Eventually.holds("all is decided", PATIENCE, () -> outcomes(room, sequence).equals(expected));
      assertThat(List.of(carolsPush, dansPush, evesPush))
          .allSatisfy(phone -> assertThat(phone.pushes()).isEmpty());
      assertThat(frank.heard()).isNotEmpty();
    }
  }

  @Test
  void whoHasNotAnsweredYetIsWaitedForAndThenPushedTo() {
    try (TestClient alice = NODE.connect("alice2");
        TestPhone phone = new TestPhone(NODE, "bob2", "bob2-phone");
        TestClient bob = NODE.connect("bob2")) {
      String room = alice.openDirect("bob2");
      long sequence = alice.say(room, "hi").getSequence();

      assertThat(outcomes(room, sequence).get("bob2")).isIn("open", "waiting");
      phone.await(1);
      Eventually.holds(
          "it is accepted",
          PATIENCE,
          () -> "accepted".equals(outcomes(room, sequence).get("bob2")));
      bob.ask(Requests.markRead(room, sequence));
      assertThat(outcomes(room, sequence)).containsEntry("bob2", "accepted");
    }
  }

  @Test
  void devicesComePageByPage() {
    try (TestClient alice = NODE.connect("alice3");
        TestPhone phone = new TestPhone(NODE, "bob3", "phone");
        TestPhone tablet = new TestPhone(NODE, "bob3", "tablet")) {
      String room = alice.openDirect("bob3");
      long sequence = alice.say(room, "hi").getSequence();

      JsonObject first = delivery(room, sequence, "?limit=2");
      JsonObject second = delivery(room, sequence, "?page=" + first.getString("nextPage"));

      assertThat(first.getJsonArray("devices")).hasSize(2);
      assertThat(second.getJsonArray("devices")).hasSize(1);
      assertThat(second.getJsonArray("devices").getJsonObject(0).getString("deviceId"))
          .isEqualTo("tablet");
      assertThat(second.getString("nextPage")).isEmpty();
      assertThat(List.of(phone, tablet)).allSatisfy(it -> assertThat(it.await(1)).isNotNull());
    }
  }

  @Test
  void noMessageHasNoDelivery() {
    String path = "/v1/conversations/" + UUID.randomUUID() + "/messages/1/delivery";

    assertThat(BACKEND.get(path).statusCode()).isEqualTo(404);
  }
}
