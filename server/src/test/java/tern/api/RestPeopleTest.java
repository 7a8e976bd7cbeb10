// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.UnrulyClient;
import tern.session.CloseCode;
import tern.v1.ServerFrame;

/// What the backend says of people, and what people say of one another, over HTTP.
@Tag("slow")
final class RestPeopleTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static void assertLetIn(String user) {
    try (TestClient client = NODE.connect(user)) {
      assertThat(client.welcome().getUserId()).isEqualTo(user);
    }
  }

  private static void assertKeptOut(String user, RestClient self) {
    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(401);
    try (TestClient client = TestClient.open(NODE)) {
      String token = NODE.token(user, Duration.ofMinutes(5));
      client.send(UnrulyClient.hello(token, "phone", "main").toBuilder());
      assertThat(client.awaitClose()).isEqualTo(CloseCode.BARRED.number());
      assertThat(client.heard()).noneMatch(ServerFrame::hasWelcome);
    }
  }

  @Test
  void aProfileOfTheBackendsIsReadByCoMembersAndTakesThePlaceOfTheOneBefore() {
    RestClient bob = RestClient.of(NODE, "bob1");
    bob.direct("alice1");
    done(BACKEND.ask("PUT", "/v1/users/alice1", "{\"name\": \"Al\", \"locale\": \"de\"}"));

    JsonObject user = done(BACKEND.ask("PUT", "/v1/users/alice1", "{\"name\": \"Alice\"}"));
    HttpResponse<String> read = bob.get("/v1/profiles?userIds=alice1,nobody1");

    assertThat(user.getJsonObject("profile").getString("name")).isEqualTo("Alice");
    assertThat(user.getJsonObject("profile").getString("locale")).isEmpty();
    assertThat(user.getString("deactivatedAtMs")).isEqualTo("0");
    JsonArray profiles = done(read).getJsonArray("profiles");
    assertThat(profiles.size()).isEqualTo(1);
    assertThat(profiles.getJsonObject(0).getString("name")).isEqualTo("Alice");
    String tag = read.headers().firstValue("etag").orElse("");
    assertThat(
            bob.with("If-None-Match", tag).get("/v1/profiles?userIds=alice1,nobody1").statusCode())
        .isEqualTo(304);
  }

  @Test
  void whoIsDeactivatedIsClosedAndKeptOutUntilReactivatedAndCanBeWrittenTo() {
    RestClient bob = RestClient.of(NODE, "bob2");
    RestClient alice = RestClient.of(NODE, "alice2");
    String room = alice.direct("bob2");
    try (TestClient session = NODE.connect("bob2")) {
      JsonObject user = done(BACKEND.post("/v1/users/bob2/deactivate", ""));

      assertThat(session.awaitClose()).isEqualTo(CloseCode.BARRED.number());
      assertThat(user.getString("deactivatedAtMs")).isNotEqualTo("0");
    }
    assertKeptOut("bob2", bob);
    assertThat(alice.say(room, "for later").statusCode()).isEqualTo(201);

    done(BACKEND.post("/v1/users/bob2/reactivate", ""));

    assertLetIn("bob2");
    assertThat(bob.get("/v1/inbox").body()).contains("for later");
  }

  @Test
  void whoIsBannedIsClosedAndKeptOutUntilTheBanIsTakenBack() {
    RestClient mallory = RestClient.of(NODE, "mallory3");
    try (TestClient session = NODE.connect("mallory3");
        TestClient other = NODE.connect("other3")) {
      JsonObject user = done(BACKEND.post("/v1/users/mallory3/ban", "{\"reason\": \"spam\"}"));

      assertThat(session.awaitClose()).isEqualTo(CloseCode.BARRED.number());
      assertThat(other.openDirect("mallory3")).isNotEmpty();
      JsonObject ban = user.getJsonObject("ban");
      assertThat(ban.getString("reason")).isEqualTo("spam");
      assertThat(ban.getString("untilMs")).isEqualTo("0");
    }
    assertKeptOut("mallory3", mallory);

    JsonObject user = done(BACKEND.post("/v1/users/mallory3/unban", ""));

    assertThat(user.containsKey("ban")).isFalse();
    assertLetIn("mallory3");
    assertThat(mallory.get("/v1/inbox").statusCode()).isEqualTo(200);
  }

  @Test
  void aBanEndsByItself() {
    long inAnHour = System.currentTimeMillis() + 3_600_000;
    done(BACKEND.post("/v1/users/mallory4/ban", new JsonObject().put("untilMs", inAnHour)));
    RestClient mallory = RestClient.of(NODE, "mallory4");
    assertThat(mallory.get("/v1/inbox").statusCode()).isEqualTo(401);

    // The hour is over.
    try (TestSql sql = TestSql.of(NODE)) {
      sql.run(
          "update user_standing set banned_until = clock_timestamp() where user_id = 'mallory4'");
    }

    assertThat(mallory.get("/v1/inbox").statusCode()).isEqualTo(200);
    assertThat(done(BACKEND.get("/v1/users/mallory4")).containsKey("ban")).isFalse();
    assertLetIn("mallory4");
  }

  @Test
  void anEndThatIsOverLeavesAnEarlierBanAsItIs() {
    done(BACKEND.post("/v1/users/mallory6/ban", "{}"));
    long inSeconds = System.currentTimeMillis() / 1_000 + 3_600;

    HttpResponse<String> refused =
        BACKEND.post("/v1/users/mallory6/ban", new JsonObject().put("untilMs", inSeconds));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(json(refused).getString("detail")).contains("untilMs", "a time to come");
    assertKeptOut("mallory6", RestClient.of(NODE, "mallory6"));
  }

  @ParameterizedTest
  @CsvSource({"deactivate, unban", "ban, reactivate"})
  void takingOneThingBackLeavesTheOther(String kept, String taken) {
    String user = "/v1/users/" + kept + "5/";
    done(BACKEND.post(user + "deactivate", ""));
    done(BACKEND.post(user + "ban", "{}"));

    JsonObject after = done(BACKEND.post(user + taken, ""));

    assertThat(after.containsKey("ban")).isEqualTo(kept.equals("ban"));
    assertThat(after.getString("deactivatedAtMs").equals("0")).isEqualTo(kept.equals("ban"));
    assertKeptOut(kept + "5", RestClient.of(NODE, kept + "5"));
  }

  @Test
  void aReportIsReadClosedOnceAndErased() {
    RestClient alice = RestClient.of(NODE, "alice6");
    RestClient mallory = RestClient.of(NODE, "mallory6");
    String room = alice.direct("mallory6");
    mallory.say(room, "an insult");
    JsonObject report =
        new JsonObject()
            .put("reportId", UUID.randomUUID().toString())
            .put("conversationId", room)
            .put("sequence", 1)
            .put("reason", "REPORT_REASON_HATE")
            .put("text", "see for yourself");
    done(alice.post("/v1/reports", report));
    mallory.ask("DELETE", "/v1/conversations/" + room + "/messages/1", "");

    String queue = "/v1/reports?userId=mallory6";
    JsonObject queued = done(BACKEND.get(queue)).getJsonArray("reports").getJsonObject(0);
    String path = "/v1/reports/" + queued.getString("number");
    JsonObject closed =
        done(BACKEND.post(path + "/close", "{\"outcome\": \"ACTED\", \"note\": \"warned\"}"));
    HttpResponse<String> again = BACKEND.post(path + "/close", "{\"outcome\": \"ACTED\"}");
    HttpResponse<String> other = BACKEND.post(path + "/close", "{\"outcome\": \"DISMISSED\"}");

    assertThat(queued.getString("reporterId")).isEqualTo("alice6");
    assertThat(queued.getString("reason")).isEqualTo("REPORT_REASON_HATE");
    assertThat(queued.getJsonObject("message").encode()).contains("an insult");
    assertThat(closed.getString("outcome")).isEqualTo("ACTED");
    assertThat(done(again).getString("note")).isEqualTo("warned");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(done(BACKEND.get(queue)).getJsonArray("reports")).isEmpty();
    assertThat(done(BACKEND.get(queue + "&state=closed")).getJsonArray("reports")).hasSize(1);
    done(BACKEND.ask("DELETE", path, ""));
    assertThat(BACKEND.ask("DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(BACKEND.get(queue + "&state=closed").body()).doesNotContain("insult");
  }

  @Test
  void theQueueIsReadInPagesAndByModeratorsAlone() {
    RestClient alice = RestClient.of(NODE, "alice7");
    alice.direct("mallory7");
    for (int i = 0; i < 3; i++) {
      JsonObject report =
          new JsonObject()
              .put("reportId", UUID.randomUUID().toString())
              .put("userId", "mallory7")
              .put("reason", "REPORT_REASON_SPAM");
      done(alice.post("/v1/reports", report));
    }
    String queue = "/v1/reports?userId=mallory7&limit=2";

    HttpResponse<String> first = BACKEND.get(queue);
    JsonObject second = done(BACKEND.get(queue + "&page=" + done(first).getString("nextPage")));

    assertThat(done(first).getJsonArray("reports")).hasSize(2);
    assertThat(second.getJsonArray("reports")).hasSize(1);
    assertThat(second.getString("nextPage")).isEmpty();
    String tag = first.headers().firstValue("etag").orElse("");
    assertThat(BACKEND.with("If-None-Match", tag).get(queue).statusCode()).isEqualTo(304);
    assertThat(alice.get(queue).statusCode()).isEqualTo(403);
  }

  @Test
  void peopleSayOverHttpWhatTheySayOnASocket() {
    RestClient alice = RestClient.of(NODE, "alice8");
    RestClient bob = RestClient.of(NODE, "bob8");
    String room = alice.direct("bob8");
    done(alice.ask("PATCH", "/v1/profile", "{\"name\": \"Alice\", \"timeZone\": \"Asia/Tokyo\"}"));
    done(alice.ask("PATCH", "/v1/preferences", "{\"invisible\": true}"));
    done(alice.ask("PUT", "/v1/mutes/bob8", "{\"muted\": true}"));
    done(alice.ask("PUT", "/v1/blocks/bob8", "{\"blocked\": true}"));
    String muted = "{\"mutedUntilMs\": \"1900000000000\"}";
    done(alice.ask("PUT", "/v1/conversations/" + room + "/mute", muted));

    JsonObject presence = done(bob.get("/v1/presence?userIds=alice8,bob8,nobody8"));
    JsonObject entry = done(alice.get("/v1/inbox")).getJsonArray("entries").getJsonObject(0);

    assertThat(bob.get("/v1/profiles?userIds=alice8").body()).contains("Asia/Tokyo");
    assertThat(done(alice.get("/v1/preferences")).getBoolean("invisible")).isTrue();
    assertThat(alice.get("/v1/blocks").body()).contains("bob8");
    assertThat(alice.get("/v1/mutes?limit=1").body()).contains("bob8");
    assertThat(bob.say(room, "unwanted").statusCode()).isEqualTo(403);
    assertThat(presence.getJsonArray("presences")).hasSize(3);
    assertThat(presence.getBoolean("live")).isFalse();
    assertThat(entry.getString("mutedUntilMs")).isEqualTo("1900000000000");
    assertThat(entry.getBoolean("peerBlocked")).isTrue();
  }
}
