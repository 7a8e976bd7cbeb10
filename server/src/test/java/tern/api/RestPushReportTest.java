// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.Timing;
import tern.push.TestPhone;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.PushEvent;
import tern.v1.ReportPush;

/// What devices tell of their pushes, and where it shows.
@Tag("slow")
final class RestPushReportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration STRANGE = Duration.ofMillis(500);
  private static final String RECEIVED = "PUSH_EVENT_RECEIVED";
  private static final String OPENED = "PUSH_EVENT_OPENED";

  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of(
              "TERN_PUSH_TIMINGS_UNKNOWN", "500ms",
              "TERN_LIMITS_MESSAGES_PER_SECOND", "100000",
              "TERN_LIMITS_MESSAGES_BURST", "100000",
              "TERN_LIMITS_RATES_READS_PER_SECOND", "100000",
              "TERN_LIMITS_RATES_READS_BURST", "100000"));

  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);

  @BeforeAll
  static void awaitAcquaintance() {
    Eventually.passes(STRANGE);
  }

  private static HttpResponse<String> report(
      String user, String room, long sequence, String device, String event) {
    return RestClient.of(NODE, user)
        .post(
            "/v1/conversations/" + room + "/messages/" + sequence + "/push-report",
            new JsonObject().put("deviceId", device).put("event", event));
  }

  // As if so much of the conversation had been pushed to the user's phone.
  private static void accepted(String user, String room, long first, long last) {
    SQL.run(
        """
        insert into push_decision (user_id, device_id, conversation_id, first_sequence,
          last_sequence, outcome, decided_at, changed_at)
        values (?, 'phone', ?::uuid, ?, ?, 20, now(), now())
        """,
        user,
        room,
        first,
        last);
  }

  // The sequences of a user's pushes of which that is known.
  private static List<Long> told(String user, String column) {
    return SQL.numbers(
        "select generate_series(first_sequence, last_sequence) s from push_decision where "
            + column
            + " is not null and user_id = ? order by s",
        user);
  }

  private static void awaitTold(String user, String column, List<Long> sequences) {
    Eventually.holds(
        column + " of " + sequences, PATIENCE, () -> told(user, column).equals(sequences));
  }

  private static JsonObject record(String room, long sequence, String device) {
    String path = "/v1/conversations/" + room + "/messages/" + sequence + "/delivery";
    return RestClient.json(BACKEND.get(path)).getJsonArray("devices").stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("deviceId").equals(device))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordShowsWhenAPushCameAndWhenItWasTapped() {
    Instant began = Instant.now().minusSeconds(1);
    try (TestPhone phone = new TestPhone(NODE, "bob1", "bob1-phone");
        TestClient alice = NODE.connect("alice1")) {
      String room = alice.openDirect("bob1");
      long sequence = alice.say(room, "hi").getSequence();
      phone.await(1);

      assertThat(report("bob1", room, sequence, "bob1-phone", RECEIVED).body()).isEqualTo("{}");
      awaitTold("bob1", "received_at", List.of(sequence));
      assertThat(record(room, sequence, "bob1-phone").containsKey("openedAtMs")).isFalse();
      try (TestClient bob = TestClient.connect(NODE, "bob1", "bob1-phone", "main")) {
        var opened =
            ReportPush.newBuilder()
                .setConversationId(room)
                .setSequence(sequence)
                .setDeviceId("another")
                .setEvent(PushEvent.PUSH_EVENT_OPENED);
        assertThat(bob.ask(ClientFrame.newBuilder().setReportPush(opened)).hasPushReported())
            .isTrue();
      }
      awaitTold("bob1", "opened_at", List.of(sequence));

      JsonObject record = record(room, sequence, "bob1-phone");
      long received = Long.parseLong(record.getString("receivedAtMs"));
      assertThat(received)
          .isBetween(began.toEpochMilli(), Long.parseLong(record.getString("openedAtMs")));
      assertThat(record.getString("outcome")).isEqualTo("accepted");
      assertThat(SQL.number("select count(*) from device_mark where user_id = 'bob1'")).isZero();
      assertThat(SQL.read(room, "bob1") + SQL.delivered(room, "bob1")).isZero();
      assertThat(metrics())
          .contains("tern_push_reported_total{event=\"received\",kind=\"apns\"} 1.0")
          .contains("tern_push_reported_total{event=\"opened\",kind=\"apns\"} 1.0")
          .contains("tern_push_waiting{kind=\"news\"}", "tern_push_overdue_seconds 0.0")
          .contains("tern_push_in_flight 0.0");
    }
  }

  private static String metrics() {
    return RestClient.of(NODE).get("/metrics").body();
  }

  @Test
  void reportIsAboutAllThatItsPushShowedAndNothingThatCameLater() {
    try (TestClient alice = NODE.connect("alice2")) {
      String room = alice.openDirect("bob2");
      accepted("bob2", room, 5, 9);

      report("bob2", room, 7, "phone", RECEIVED);
      awaitTold("bob2", "received_at", List.of(5L, 6L, 7L));
      SQL.run(
          "update push_decision set received_at = received_at - interval '1 minute'"
              + " where user_id = 'bob2'");
      report("bob2", room, 9, "phone", RECEIVED);
      awaitTold("bob2", "received_at", List.of(5L, 6L, 7L, 8L, 9L));
      report("bob2", room, 9, "phone", OPENED);
      awaitTold("bob2", "opened_at", List.of(8L, 9L));

      assertThat(ranges("bob2")).isEqualTo(2);
    }
  }

  private static long ranges(String user) {
    return SQL.number("select count(*) from push_decision where user_id = ?", user);
  }

  @Test
  void phoneThatTellsOfEachOfManyPushesLeavesFewRanges() {
    try (TestClient alice = NODE.connect("alice9")) {
      String room = alice.openDirect("bob9");
      accepted("bob9", room, 1, 3);
      accepted("bob9", room, 4, 20);

      for (long sequence = 2; sequence <= 20; sequence++) {
        report("bob9", room, sequence, "phone", RECEIVED);
      }

      awaitTold("bob9", "received_at", LongStream.rangeClosed(1, 20).boxed().toList());
      assertThat(ranges("bob9")).isEqualTo(1);
      report("bob9", room, 20, "phone", OPENED);
      awaitTold("bob9", "opened_at", LongStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  @Test
  void ofEachEventTheFirstReportCounts() {
    try (TestClient alice = NODE.connect("alice3")) {
      String room = alice.openDirect("bob3");
      accepted("bob3", room, 1, 1);
      report("bob3", room, 1, "phone", RECEIVED);
      awaitTold("bob3", "received_at", List.of(1L));
      String first = SQL.text("select received_at::text from push_decision where user_id = 'bob3'");

      report("bob3", room, 1, "phone", RECEIVED);
      report("bob3", room, 1, "phone", OPENED);
      awaitTold("bob3", "opened_at", List.of(1L));

      assertThat(SQL.text("select received_at::text from push_decision where user_id = 'bob3'"))
          .isEqualTo(first);
    }
  }

  @Test
  void whatIsToldBeforeThePushServiceHasAnsweredIsKept() {
    try (TestClient alice = NODE.connect("alice4")) {
      String room = alice.openDirect("bob4");

      assertThat(report("bob4", room, 1, "phone", RECEIVED).statusCode()).isEqualTo(200);
      Eventually.passes(Duration.ofSeconds(1));
      accepted("bob4", room, 1, 1);

      awaitTold("bob4", "received_at", List.of(1L));
    }
  }

  @Test
  void nobodyTellsOfAnothersPush() {
    try (TestClient alice = NODE.connect("alice5")) {
      String room = alice.openDirect("bob5");
      accepted("bob5", room, 1, 1);

      report("alice5", room, 1, "phone", RECEIVED);
      report("mallory5", room, 1, "phone", OPENED);
      report("bob5", room, 1, "tablet", OPENED);
      Eventually.passes(Duration.ofSeconds(1));

      assertThat(told("bob5", "received_at")).isEmpty();
      assertThat(told("bob5", "opened_at")).isEmpty();
    }
  }

  @Test
  void suppressedMessageIsNotToldToHaveCome() {
    try (TestClient alice = NODE.connect("alice6")) {
      String room = alice.openDirect("bob6");
      accepted("bob6", room, 1, 1);
      SQL.run("update push_decision set outcome = 5 where user_id = 'bob6'");

      report("bob6", room, 1, "phone", RECEIVED);
      Eventually.passes(Duration.ofSeconds(1));

      assertThat(told("bob6", "received_at")).isEmpty();
    }
  }

  @Test
  void knownForeignAndUnknownAreAnsweredAlikeAndAsFast() {
    try (TestClient alice = NODE.connect("alice7")) {
      String known = alice.openDirect("bob7");
      accepted("bob7", known, 1, 1_000_000);
      String foreign = alice.openDirect("carol7");
      String unknown = UUID.randomUUID().toString();

      for (String room : List.of(known, foreign, unknown)) {
        HttpResponse<String> answer = report("bob7", room, 1, "phone", OPENED);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
      }
      Timing.assertAlike(
          () -> report("bob7", known, 1_000, "phone", OPENED),
          () -> report("bob7", unknown, 1_000, "phone", OPENED));
      Timing.assertAlike(
          () -> report("bob7", foreign, 1, "phone", OPENED),
          () -> report("bob7", unknown, 1, "phone", OPENED));
    }
  }

  @Test
  void whatIsNoReportIsRefused() {
    try (TestClient alice = NODE.connect("alice8")) {
      String room = alice.openDirect("bob8");

      assertThat(report("alice8", room, 0, "phone", OPENED).statusCode()).isEqualTo(400);
      assertThat(report("alice8", room, 1, "", OPENED).statusCode()).isEqualTo(400);
      assertThat(report("alice8", room, 1, "phone", "PUSH_EVENT_LOST").statusCode()).isEqualTo(400);
      var unsaid = ReportPush.newBuilder().setConversationId(room).setSequence(1);
      assertThat(alice.ask(ClientFrame.newBuilder().setReportPush(unsaid)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
