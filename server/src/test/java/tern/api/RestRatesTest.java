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
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Eventually;
import tern.TestNode;
import tern.auth.key.Scope;
import tern.gateway.request.Requests;

/// What comes too fast is answered with 429, as the OpenAPI file says of each operation.
@Tag("slow")
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
              "TERN_LIMITS_RATES_READS_PER_SECOND", "1",
              "TERN_LIMITS_RATES_READS_BURST", "2",
              "TERN_LIMITS_RATES_KEY_READS_PER_SECOND", "1",
              "TERN_LIMITS_RATES_KEY_READS_BURST", "2",
              "TERN_LIMITS_RATES_KEY_MESSAGES_PER_SECOND", "1",
              "TERN_LIMITS_RATES_KEY_MESSAGES_BURST", "20",
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
                "deviceId",
                "phone",
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

  static Stream<Operation> ofNoOtherRate() {
    return Stream.of(Operation.values())
        .filter(it -> it.isOfUsers() && !it.isRead() && !Requests.isRated(it.asks()));
  }

  @ParameterizedTest
  @MethodSource("ofNoOtherRate")
  void whatHasNoOtherRateHasThatOfReads(Operation operation) {
    RestClient self = RestClient.of(NODE, "reader-" + operation.id());

    assertLimited(asked(50, self, operation));
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

  private static RestClient backend(String name) {
    return RestClient.backend(NODE, name, EnumSet.allOf(Scope.class));
  }

  // Asks until it is told to wait, or has asked so often.
  private static HttpResponse<String> asked(int most, RestClient client, Operation operation) {
    HttpResponse<String> answer = ask(client, operation);
    for (int i = 1; i < most && answer.statusCode() != 429; i++) {
      answer = ask(client, operation);
    }
    return answer;
  }

  @Test
  void aKeyHasARateOfItsOwnAndLeavesItsUsersTheirs() {
    RestClient bot = backend("bot").with("Tern-User", "carol");

    // Many more than the user's own, which is one at once, and fewer than the key's.
    assertThat(asked(10, bot, Operation.SEND_MESSAGE).statusCode()).isEqualTo(404);
    assertThat(ask(RestClient.of(NODE, "carol"), Operation.SEND_MESSAGE).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aKeyThatSendsTooFastIsToldSoInWhoseNameItMaySend() {
    RestClient bot = backend("hasty");

    assertLimited(asked(200, bot.with("Tern-User", "dave"), Operation.SEND_MESSAGE));
    assertLimited(asked(200, bot.with("Tern-User", "erin"), Operation.SET_REACTION));
    assertLimited(asked(200, bot, Operation.SEND_AS_BUSINESS));
    assertLimited(asked(200, bot, Operation.MODERATE_MESSAGE));
  }

  @Test
  void whoReadsTooFastIsToldSo() {
    RestClient reader = RestClient.of(NODE, "reader");

    assertLimited(asked(200, reader, Operation.LIST_INBOX));
    assertThat(ask(RestClient.of(NODE, "another"), Operation.LIST_INBOX).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whoMarksAsReadTooFastIsToldSo() {
    assertLimited(asked(200, RestClient.of(NODE, "marker"), Operation.MARK_READ));
  }

  @Test
  void aKeyThatReadsTooFastIsToldSo() {
    assertLimited(asked(200, backend("poller"), Operation.READ_USER));
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void anAddressThatMustWaitIsToldSoWhateverItAsks(Operation operation) {
    RestClient guessing = RestClient.of(STRICT).with("Authorization", "Bearer guessed");

    Eventually.holds("must wait", PATIENCE, () -> ask(guessing, operation).statusCode() == 429);

    assertThat(entry(operation).getJsonObject("responses").getJsonObject("429")).isEqualTo(LIMITED);
  }
}
