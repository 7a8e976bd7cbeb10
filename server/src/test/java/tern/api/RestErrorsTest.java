// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;
import static tern.api.RestClient.message;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ErrorCode;

/// How REST says no: one form, one table of codes and statuses, nothing told that is not theirs.
@Tag("slow")
final class RestErrorsTest {
  private static final Map<ErrorCode, Integer> STATUSES =
      Map.ofEntries(
          Map.entry(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, 400),
          Map.entry(ErrorCode.ERROR_CODE_FORBIDDEN, 403),
          Map.entry(ErrorCode.ERROR_CODE_NOT_FOUND, 404),
          Map.entry(ErrorCode.ERROR_CODE_CONFLICT, 409),
          Map.entry(ErrorCode.ERROR_CODE_GROUP_FULL, 409),
          Map.entry(ErrorCode.ERROR_CODE_TOO_LARGE, 413),
          Map.entry(ErrorCode.ERROR_CODE_UNSUPPORTED, 422),
          Map.entry(ErrorCode.ERROR_CODE_RATE_LIMITED, 429),
          Map.entry(ErrorCode.ERROR_CODE_UNAVAILABLE, 503),
          Map.entry(ErrorCode.ERROR_CODE_INTERNAL, 500),
          Map.entry(ErrorCode.ERROR_CODE_LIMIT_REACHED, 409),
          Map.entry(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION, 422));

  @AutoClose private static final TestNode NODE = TestNode.start();

  private final RestClient alice = RestClient.of(NODE, "alice");

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERROR_CODE_UNSPECIFIED", "UNRECOGNIZED"})
  void everyCodeHasOneStatus(ErrorCode code) {
    assertThat(Problem.status(code)).isEqualTo(STATUSES.get(code));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(answer).getString("code")).isEqualTo(code);
    assertThat(json(answer).getInteger("status")).isEqualTo(status);
    assertThat(json(answer).getString("detail")).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void anAddressMayNameAsManyUsersAsTheFileSaysAndIsRefusedBeyondItsLength() {
    String longest = "u".repeat(64);
    String users = String.join(",", Collections.nCopies(200, longest));

    assertThat(alice.get("/v1/presence?userIds=" + users).statusCode()).isEqualTo(200);
    assertThat(alice.get("/v1/presence?userIds=" + users + "," + longest).statusCode())
        .isEqualTo(400);
    assertThat(alice.get("/v1/presence?userIds=" + users + users).statusCode()).isEqualTo(414);
  }

  @Test
  void whoIsNotKnownIsTurnedAwayAlike() {
    RestClient nobody = RestClient.of(NODE);
    List<HttpResponse<String>> answers =
        List.of(
            nobody.get("/v1/inbox"),
            nobody.with("Authorization", "Basic YTpi").get("/v1/inbox"),
            nobody.with("Authorization", "Bearer e30.e30.e30").get("/v1/inbox"));

    answers.forEach(it -> assertProblem(it, 401, "UNAUTHENTICATED"));
    assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/messages"})
  void aForeignConversationIsAnsweredAsOneThatDoesNotExist(String rest) {
    String foreign = RestClient.of(NODE, "bob").direct("carol");

    HttpResponse<String> ofOthers = alice.get("/v1/conversations/" + foreign + rest);
    HttpResponse<String> ofNobody = alice.get("/v1/conversations/" + UUID.randomUUID() + rest);

    assertProblem(ofOthers, 404, "ERROR_CODE_NOT_FOUND");
    assertThat(ofOthers.body()).isEqualTo(ofNobody.body());
  }

  @Test
  void unknownPathsMethodsAndTypesAreProblemsToo() {
    assertProblem(alice.get("/v1/nothing"), 404, "ERROR_CODE_NOT_FOUND");
    HttpResponse<String> wrongMethod = alice.ask("DELETE", "/v1/inbox", "");
    assertProblem(wrongMethod, 405, "ERROR_CODE_UNSUPPORTED");
    assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET");
    HttpResponse<String> both =
        alice.ask("PUT", "/v1/conversations/" + UUID.randomUUID() + "/messages", "");
    assertThat(both.headers().firstValue("allow")).hasValue("GET, POST");
    assertProblem(
        alice.with("Content-Type", "text/plain").post("/v1/conversations", "{}"),
        415,
        "ERROR_CODE_UNSUPPORTED");
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() {
    String room = alice.direct("bob");

    HttpResponse<String> body = alice.say(room, "x".repeat(70_000));
    HttpResponse<String> content = alice.say(room, "x".repeat(20_000));

    assertProblem(body, 413, "ERROR_CODE_TOO_LARGE");
    assertProblem(content, 413, "ERROR_CODE_TOO_LARGE");
  }

  @Test
  void aKindOfContentThatIsNotKnownIsUnsupported() {
    JsonObject files =
        message("").put("content", new JsonObject().put("attachments", new JsonObject()));

    HttpResponse<String> answer =
        alice.post("/v1/conversations/" + alice.direct("bob") + "/messages", files);

    assertProblem(answer, 422, "ERROR_CODE_UNSUPPORTED");
  }

  @Test
  void anotherMessageUnderTheSameIdIsAConflict() {
    String messages = "/v1/conversations/" + alice.direct("bob") + "/messages";
    JsonObject message = message("one");
    alice.post(messages, message);

    message.put("content", new JsonObject().put("text", new JsonObject().put("text", "other")));
    assertProblem(alice.post(messages, message), 409, "ERROR_CODE_CONFLICT");
  }

  @Test
  void aRefusalQuotesNothingOfTheMessage() {
    String messages = "/v1/conversations/" + alice.direct("bob") + "/messages";

    List<String> answers =
        List.of(
            alice.post(messages, "{\"content\": \"canary").body(),
            alice.post(messages, message("canary").put("countable", "canary")).body(),
            alice.post(messages, message("canary").put("clientMessageId", "canary")).body(),
            alice.post(messages, message("canary\0")).body());

    assertThat(answers).allSatisfy(it -> assertThat(it).contains("code").doesNotContain("canary"));
  }

  @Test
  void whoSendsTooFastIsToldWhenToComeBack() {
    try (TestNode slow =
        TestNode.start(
            Map.of("TERN_LIMITS_MESSAGES_PER_SECOND", "1", "TERN_LIMITS_MESSAGES_BURST", "1"))) {
      RestClient hasty = RestClient.of(slow, "hasty");
      String room = hasty.direct("bob");
      hasty.say(room, "one a second");

      HttpResponse<String> refused = hasty.say(room, "and one more");

      assertProblem(refused, 429, "ERROR_CODE_RATE_LIMITED");
      assertThat(json(refused).getBoolean("mayRetry")).isTrue();
      assertThat(json(refused).getInteger("retryAfterMs")).isPositive();
      assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    }
  }

  @Test
  void aBrokenStoreIsAProblemWithoutItsWords() {
    try (TestNode broken = TestNode.start();
        TestSql sql = TestSql.of(broken)) {
      sql.run("drop table direct_pair");

      HttpResponse<String> answer =
          RestClient.of(broken, "alice")
              .post("/v1/conversations/direct", new JsonObject().put("userId", "bob"));

      assertProblem(answer, 500, "ERROR_CODE_INTERNAL");
      assertThat(answer.body()).doesNotContain("direct_pair", "sql");
    }
  }
}
