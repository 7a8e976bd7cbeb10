// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.Scope;

/// What pushes may tell, as the app's backend says, and what users want to be woken for, over REST.
@Tag("slow")
final class RestPushWishesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NIGHT =
      """
      {"pushLevel": "PUSH_LEVEL_MENTIONS", "mentionsPass": false, "quietHours":
        {"from": "22:30", "to": "07:00", "zone": "Europe/Berlin"}}
      """;

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);
  private static final RestClient MODERATOR =
      RestClient.backend(NODE, "moderator", EnumSet.of(Scope.CONVERSATIONS_MODERATE));

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static String path(String room) {
    return "/v1/conversations/" + room + "/push";
  }

  private static HttpResponse<String> set(RestClient client, String room, String body) {
    return client.ask("PUT", path(room), body);
  }

  private static List<JsonObject> exported(String user, String type) {
    return BACKEND
        .get("/v1/users/" + user + "/export")
        .body()
        .lines()
        .map(JsonObject::new)
        .filter(it -> it.getString("type").equals(type))
        .toList();
  }

  @Test
  void aConversationHasARuleOfItsOwnUntilItIsTakenAway() {
    String room = RestClient.of(NODE, "alice1").group("bob1");
    JsonObject none = new JsonObject().put("conversationId", room);

    assertThat(done(MODERATOR.get(path(room)))).isEqualTo(none);
    for (String content : List.of("none", "sender", "full")) {
      JsonObject rule = none.copy().put("content", content);
      assertThat(done(set(MODERATOR, room, "{\"content\": \"" + content + "\"}"))).isEqualTo(rule);
      assertThat(done(MODERATOR.get(path(room)))).isEqualTo(rule);
    }
    assertThat(done(set(MODERATOR, room, "{}"))).isEqualTo(none);
    assertThat(done(MODERATOR.get(path(room)))).isEqualTo(none);
  }

  @Test
  void aRuleIsOneConversationsAlone() {
    RestClient alice = RestClient.of(NODE, "alice2");
    String room = alice.group("bob2");
    String other = alice.group("bob2");

    done(set(MODERATOR, room, "{\"content\": \"full\"}"));

    assertThat(done(MODERATOR.get(path(other))).containsKey("content")).isFalse();
  }

  @Test
  void whatIsNoRuleOrOfNoConversationIsRefused() {
    String room = RestClient.of(NODE, "alice3").group("bob3");
    String unknown = UUID.randomUUID().toString();

    assertThat(set(MODERATOR, room, "{\"content\": \"all\"}").statusCode()).isEqualTo(400);
    assertThat(set(MODERATOR, unknown, "{\"content\": \"full\"}").statusCode()).isEqualTo(404);
    assertThat(MODERATOR.get(path(unknown)).statusCode()).isEqualTo(404);
    assertThat(done(MODERATOR.get(path(room))).containsKey("content")).isFalse();
  }

  @Test
  void usersAndOtherKeysNeitherReadNorChangeIt() {
    RestClient owner = RestClient.of(NODE, "alice4");
    String room = owner.group("bob4");
    RestClient others =
        RestClient.backend(
            NODE, "others", EnumSet.complementOf(EnumSet.of(Scope.CONVERSATIONS_MODERATE)));

    for (RestClient client : List.of(owner, others, others.with("Tern-User", "alice4"))) {
      assertThat(client.get(path(room)).statusCode()).isEqualTo(403);
      assertThat(set(client, room, "{\"content\": \"full\"}").statusCode()).isEqualTo(403);
    }
    assertThat(done(MODERATOR.get(path(room))).containsKey("content")).isFalse();
    done(set(MODERATOR, room, "{\"content\": \"full\"}"));
    assertThat(owner.get("/v1/inbox").body()).contains(room).doesNotContain("pushContent");
  }

  @Test
  void preferencesAndALevelAreSetAndTakenBackWithoutASocket() {
    RestClient alice = RestClient.of(NODE, "alice5");
    String room = alice.group("bob5");
    String level = "/v1/conversations/" + room + "/push-level";

    JsonObject night = done(alice.ask("PATCH", "/v1/preferences", NIGHT));
    JsonObject day = done(alice.ask("PATCH", "/v1/preferences", "{\"quietHours\": {}}"));
    JsonObject none = done(alice.ask("PUT", level, "{\"level\": \"PUSH_LEVEL_NONE\"}"));
    JsonObject back = done(alice.ask("PUT", level, "{}"));

    assertThat(night.getJsonObject("quietHours").getString("from")).isEqualTo("22:30");
    assertThat(day.containsKey("quietHours")).isFalse();
    assertThat(day.getString("pushLevel")).isEqualTo("PUSH_LEVEL_MENTIONS");
    assertThat(none.getJsonObject("entry").getString("pushLevel")).isEqualTo("PUSH_LEVEL_NONE");
    assertThat(back.getJsonObject("entry").getString("pushLevel"))
        .isEqualTo("PUSH_LEVEL_UNSPECIFIED");
  }

  @Test
  void anExportTellsWhatTheUserWantsToBeWokenFor() {
    RestClient alice = RestClient.of(NODE, "alice6");
    String room = alice.group("bob6");
    done(alice.ask("PATCH", "/v1/preferences", NIGHT));
    String conversation = "/v1/conversations/" + room;
    done(alice.ask("PUT", conversation + "/push-level", "{\"level\": \"PUSH_LEVEL_NONE\"}"));
    done(alice.ask("PUT", conversation + "/mute", "{\"mutedUntilMs\": \"1900000000000\"}"));

    assertThat(exported("alice6", "preferences"))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.getMap())
                    .containsEntry("pushLevel", "mentions")
                    .containsEntry("quietFrom", "22:30")
                    .containsEntry("quietTo", "07:00")
                    .containsEntry("quietZone", "Europe/Berlin")
                    .containsEntry("mentionsPass", false)
                    .containsEntry("urgentPasses", true));
    assertThat(exported("alice6", "conversation"))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.getMap())
                    .containsEntry("pushLevel", "none")
                    .containsEntry("noPushUntilMs", "1900000000000"));
  }

  @Test
  void anErasureLeavesNothingOfIt() {
    RestClient alice = RestClient.of(NODE, "alice7");
    String room = alice.group("bob7");
    done(alice.ask("PATCH", "/v1/preferences", NIGHT));
    String level = "/v1/conversations/" + room + "/push-level";
    done(alice.ask("PUT", level, "{\"level\": \"PUSH_LEVEL_NONE\"}"));

    HttpResponse<String> asked =
        BACKEND.post("/v1/users/alice7/erase", new JsonObject().put("messages", "delete"));
    String erasure = "/v1/erasures/" + json(asked).getString("erasureId");
    Eventually.holds(
        "erased", PATIENCE, () -> !json(BACKEND.get(erasure)).getString("endedAtMs").equals("0"));

    assertThat(SQL.number("select count(*) from preference where user_id = 'alice7'")).isZero();
    assertThat(
            SQL.number(
                "select count(*) from member where conversation_id = ?::uuid"
                    + " and push_level is not null",
                room))
        .isZero();
  }
}
