// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;
import static tern.api.SampleRequests.entry;
import static tern.api.SampleRequests.goodBody;
import static tern.api.SampleRequests.path;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Eventually;
import tern.TestNode;
import tern.gateway.request.Requests;

/// What comes too fast is answered with 429, as the OpenAPI file says of each operation.
final class RestRatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonObject LIMITED =
      new JsonObject().put("$ref", "#/components/responses/RateLimited");

  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of(
              "TERN_LIMITS_MESSAGES_PER_SECOND", "1",
              "TERN_LIMITS_MESSAGES_BURST", "1",
              "TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose
  private static final TestNode STRICT =
      TestNode.start(Map.of("TERN_LIMITS_FAILED_HELLOS_PER_MINUTE", "1"));

  private static HttpResponse<String> ask(RestClient client, Operation operation) {
    String unknown = UUID.randomUUID().toString();
    String path =
        path(
            operation,
            Map.of(
                "conversationId",
                unknown,
                "userId",
                "someone",
                "sequence",
                "1",
                "invitationId",
                unknown,
                "erasureId",
                unknown,
                "ruleId",
                "a-rule",
                "number",
                "1"));
    return client.ask(operation.method().name(), path, goodBody(operation));
  }

  private static void assertLimited(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(json(answer).getString("code")).isEqualTo("ERROR_CODE_RATE_LIMITED");
    assertThat(json(answer).getBoolean("mayRetry")).isTrue();
    assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
  }

  static Stream<Operation> rated() {
    return Stream.of(Operation.values()).filter(it -> Requests.isRated(it.asks()));
  }

  @ParameterizedTest
  @MethodSource("rated")
  void whatOthersHearOfHasTheUsersRate(Operation operation) {
    RestClient self = RestClient.of(NODE, "rated-" + operation.id());

    Eventually.holds("asked too fast", PATIENCE, () -> ask(self, operation).statusCode() == 429);

    assertThat(entry(operation).getJsonObject("responses").getJsonObject("429")).isEqualTo(LIMITED);
  }

  @Test
  void theAnswerTellsWhenToComeAgain() {
    RestClient self = RestClient.of(NODE, "hasty");

    HttpResponse<String> answer = ask(self, Operation.SET_REACTION);
    for (int i = 0; i < 100 && answer.statusCode() != 429; i++) {
      answer = ask(self, Operation.SET_REACTION);
    }

    assertLimited(answer);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void anAddressThatMustWaitIsToldSoWhateverItAsks(Operation operation) {
    RestClient guessing = RestClient.of(STRICT).with("Authorization", "Bearer guessed");

    Eventually.holds("must wait", PATIENCE, () -> ask(guessing, operation).statusCode() == 429);

    assertThat(entry(operation).getJsonObject("responses").getJsonObject("429")).isEqualTo(LIMITED);
  }
}
