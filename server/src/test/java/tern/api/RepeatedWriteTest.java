// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.TestSql;

/// Writes that are repeated under an `Idempotency-Key`, and reads that are repeated with an `ETag`.
@Tag("slow")
final class RepeatedWriteTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private final RestClient alice = RestClient.of(NODE, "alice");
  private final String key = UUID.randomUUID().toString();
  private final RestClient repeating = alice.with("Idempotency-Key", key);
  private final JsonObject group = new JsonObject().put("name", "team");

  private static String id(String opened) {
    return new JsonObject(opened).getJsonObject("conversation").getString("conversationId");
  }

  @Test
  void aRepeatGetsTheFirstAnswerWithoutItsTextsAndDoesNothing() {
    HttpResponse<String> first = repeating.post("/v1/conversations", group);
    HttpResponse<String> second = repeating.post("/v1/conversations", group);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    JsonObject expected = json(first);
    expected.getJsonObject("conversation").put("name", "").remove("metadata");
    assertThat(json(second)).isEqualTo(expected);
  }

  @Test
  void aRepeatedWishForAnInvitationMakesNoSecondToken() {
    String invitations = "/v1/conversations/" + alice.group("guest") + "/invitations";

    JsonObject first = json(repeating.post(invitations, new JsonObject()));
    JsonObject second = json(repeating.post(invitations, new JsonObject()));

    assertThat(first.getString("token")).isNotEmpty();
    assertThat(second.getString("token")).isEmpty();
    String made = first.getJsonObject("invitation").getString("invitationId");
    assertThat(second.getJsonObject("invitation").getString("invitationId")).isEqualTo(made);
    assertThat(json(alice.get(invitations)).getJsonArray("invitations")).hasSize(1);
  }

  @Test
  void aRefusalThatStandsIsRepeatedAsItWas() {
    String leave = "/v1/conversations/" + UUID.randomUUID() + "/leave";

    HttpResponse<String> first = repeating.post(leave, "");
    HttpResponse<String> second = repeating.post(leave, "");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(404);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("content-type")).hasValue(Problem.TYPE);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    repeating.post("/v1/conversations", group);

    HttpResponse<String> other = repeating.post("/v1/conversations", group.put("name", "other"));

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).getBoolean("mayRetry")).isFalse();
  }

  @Test
  void eachPartOfThePathMakesAnotherRequest() {
    String room = alice.group("m1", "m2");
    String moderator = "{\"role\": \"ROLE_MODERATOR\"}";
    String members = "/v1/conversations/" + room + "/members/";

    HttpResponse<String> first = repeating.ask("PUT", members + "m1/role", moderator);
    HttpResponse<String> other = repeating.ask("PUT", members + "m2/role", moderator);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(repeating.ask("PUT", members + "m1/role", moderator).body()).isEqualTo(first.body());
  }

  @Test
  void keysOfDifferentCallersAreDifferent() {
    String mine = repeating.post("/v1/conversations", group).body();

    HttpResponse<String> theirs =
        RestClient.of(NODE, "bob").with("Idempotency-Key", key).post("/v1/conversations", group);

    assertThat(theirs.statusCode()).isEqualTo(201);
    assertThat(id(theirs.body())).isNotEqualTo(id(mine));
  }

  @Test
  void aRepeatThatComesWhileTheFirstRunsIsAskedToComeAgain() {
    repeating.post("/v1/conversations", group);
    try (TestSql sql = TestSql.of(NODE)) {
      sql.run("update api_idempotency set status = null, body = null where key = ?", key);

      HttpResponse<String> early = repeating.post("/v1/conversations", group);

      assertThat(early.statusCode()).isEqualTo(409);
      assertThat(json(early).getBoolean("mayRetry")).isTrue();
      assertThat(early.headers().firstValue("retry-after")).hasValue("1");

      sql.run("update api_idempotency set begun_at = begun_at - interval '2 minutes'");
      assertThat(repeating.post("/v1/conversations", group).statusCode())
          .as("what a dead node left behind is done again")
          .isEqualTo(201);
    }
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    String first = repeating.post("/v1/conversations", group).body();
    try (TestSql sql = TestSql.of(NODE)) {
      sql.run("update api_idempotency set begun_at = begun_at - interval '25 hours'");
    }

    HttpResponse<String> nextDay = repeating.post("/v1/conversations", group);

    assertThat(nextDay.statusCode()).isEqualTo(201);
    assertThat(id(nextDay.body())).isNotEqualTo(id(first));
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    RestClient carol = RestClient.of(NODE, "carol");
    // A sender's own marker follows a moment after the answer; the other one's stays.
    RestClient dave = RestClient.of(NODE, "dave");
    String room = carol.direct("dave");
    carol.say(room, "one");

    for (String path :
        new String[] {
          "/v1/inbox", "/v1/conversations/" + room, "/v1/conversations/" + room + "/messages"
        }) {
      String tag = dave.get(path).headers().firstValue("etag").orElseThrow();
      HttpResponse<String> same = dave.with("If-None-Match", tag).get(path);
      assertThat(same.statusCode()).as(path).isEqualTo(304);
      assertThat(same.body()).isEmpty();

      carol.say(room, "and another");
      assertThat(dave.with("If-None-Match", tag).get(path).statusCode()).as(path).isEqualTo(200);
    }
  }
}
