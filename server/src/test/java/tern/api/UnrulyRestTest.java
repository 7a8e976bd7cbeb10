// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import ch.qos.logback.classic.Level;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.CapturedLog;
import tern.TestNode;

/// Requests that no honest client makes get the answers that the OpenAPI file names, and nobody has
/// to look into the log for them.
@Tag("slow")
final class UnrulyRestTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  // After the answer the connection ends.
  private static final String LAST = "Connection: close\r\n";

  private static final RestClient ALICE = RestClient.of(NODE, "alice");

  // As it is written; clients would not.
  private static String raw(String requestLine, String... headers) {
    String request = requestLine + "\r\nHost: tern\r\n" + String.join("", headers) + "\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), NODE.port())) {
      // Longer than any request may take.
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(requestLine, e);
    }
  }

  private static String bearer(String user) {
    return "Authorization: Bearer " + NODE.token(user, Duration.ofMinutes(5)) + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/conversations/%zz", "/v1/%", "/v1/search?query=%zz"})
  void aPathThatCannotBeDecodedIsAProblemAndNoFaultOfTheServer(String path) {
    try (CapturedLog log = CapturedLog.from(Level.WARN)) {
      String answer = raw("GET " + path + " HTTP/1.1", LAST, bearer("alice"));

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains(Problem.TYPE, "ERROR_CODE_INVALID_ARGUMENT");
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, application/x-www-form-urlencoded",
    "GET, multipart/form-data; boundary=x",
    "GET, multipart/form-data",
    "PUT, application/x-www-form-urlencoded"
  })
  void aFormWhereNothingIsReadIsPassedOver(String method, String type) {
    String path = method.equals("GET") ? "/v1/inbox" : "/v1/blocks/carol";
    try (CapturedLog log = CapturedLog.from(Level.ERROR)) {
      HttpResponse<String> answer =
          ALICE.with("Content-Type", type).ask(method, path, BodyPublishers.ofString("a=%zz&%"));

      assertThat(answer.statusCode()).isIn(200, 415);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void aBodyThatDoesNotComeEndsWithItsConnection() {
    String room = ALICE.direct("bob");

    String answer =
        raw(
            "POST /v1/conversations/" + room + "/messages HTTP/1.1",
            bearer("alice"),
            "Content-Type: application/json\r\nContent-Length: 1000\r\n");

    assertThat(answer).startsWith("HTTP/1.1 503").contains("ERROR_CODE_UNAVAILABLE");
  }

  @Test
  void aHeaderThatSaysTwoThingsSaysNothing() {
    String answer = raw("GET /v1/inbox HTTP/1.1", LAST, bearer("mallory"), bearer("alice"));

    assertThat(answer).startsWith("HTTP/1.1 400").contains("authorization: several");
  }

  @Test
  void twoPlacesInTheHistoryAreOneTooMany() {
    String room = ALICE.direct("bob");

    HttpResponse<String> answer =
        ALICE.get("/v1/conversations/" + room + "/messages?before=5&after=1");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getString("detail")).contains("beside another");
  }

  private static JsonObject group(JsonObject more) {
    JsonObject asked =
        new JsonObject().put("name", "team").put("userIds", new JsonArray(List.of("bob")));
    return json(ALICE.post("/v1/conversations", asked.mergeIn(more)));
  }

  // Whatever stood in the other name was held against no schema.
  @Test
  void aFieldHasTheNameThatTheFileHasForItAndNoOther() {
    JsonObject made =
        group(
            new JsonObject()
                .put("slow_mode_seconds", 30)
                .put("user_ids", new JsonArray(List.of("carol")))
                .put(
                    "metadata", new JsonObject().put("entries", new JsonObject().put("a_b", "c"))));

    JsonObject conversation = made.getJsonObject("conversation");
    assertThat(conversation.getInteger("slowModeSeconds")).isZero();
    assertThat(conversation.getJsonObject("metadata").getString("a_b")).isEqualTo("c");
    assertThat(made.getJsonArray("members").encode()).contains("bob").doesNotContain("carol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00x", "a\\ud83dz"})
  void halfACharacterIsRefusedWhereverItStands(String half) {
    HttpResponse<String> answer =
        ALICE.post("/v1/conversations", "{\"name\":\"" + half + "\",\"userIds\":[\"bob\"]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getString("detail")).contains("surrogate");
    assertThat(group(new JsonObject().put("name", "\ud83d\udc26")).encode())
        .contains("\ud83d\udc26");
  }
}
