// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static tern.api.SampleRequests.CONTRACT;
import static tern.api.SampleRequests.SAMPLES;
import static tern.api.SampleRequests.bodies;
import static tern.api.SampleRequests.entry;
import static tern.api.SampleRequests.goodBody;
import static tern.api.SampleRequests.parameters;
import static tern.api.SampleRequests.path;
import static tern.api.SampleRequests.with;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.TestNode;
import tern.api.schema.Schema;

/// Requests made from the OpenAPI file, good, at the bounds and malformed, for each operation: no
/// answer is a fault of the server, none is one that the file does not name, and each is as the
/// file says.
@Tag("slow")
final class EveryOperationTest {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_BULK_BYTES = 1024 * 1024;
  private static final String WRONG_TYPE = "a field is not of its type";

  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of(
              "TERN_LIMITS_FAILED_JOINS_PER_MINUTE",
              "1000000",
              "TERN_LIMITS_FAILED_HELLOS_PER_MINUTE",
              "1000000"));

  private static final RestClient BACKEND = RestClient.backend(NODE).with("Tern-User", "alice");

  // The group that the file's example joins.
  @BeforeAll
  static void makeAGroupToJoin() {
    JsonObject group = new JsonObject().put("name", "open").put("key", "a-group-to-join");
    RestClient host = BACKEND.with("Tern-User", "host");
    String id =
        RestClient.json(host.post("/v1/conversations", group))
            .getJsonObject("conversation")
            .getString("conversationId");
    host.ask("PATCH", "/v1/conversations/" + id, "{\"joinableByKey\": true}");
  }

  // In a group of alice and someone, with a message of alice's: a card with the button that the
  // file's example presses.
  private static Map<String, String> goodVariables(Operation operation) {
    String room = BACKEND.group("someone");
    JsonObject card =
        RestClient.message("")
            .put(
                "content",
                new JsonObject(
                    "{\"card\": {\"title\": \"Lunch?\", \"buttons\": [{\"id\": \"yes\", \"label\":"
                        + " \"Yes\", \"value\": \"y\"}]}}"));
    String kind = operation.path().contains("/business-") ? "/business-messages" : "/messages";
    HttpResponse<String> sent = BACKEND.post("/v1/conversations/" + room + kind, card);
    String sequence = RestClient.json(sent).getString("sequence");
    String invitation = UUID.randomUUID().toString();
    return Map.of(
        "conversationId",
        switch (operation) {
          case CHANGE_WATCH_LIST, READ_WATCH_LIST, COUNT_WATCHERS -> listed();
          // Of what is older than its newest message nothing can be imported.
          case IMPORT_MESSAGES -> BACKEND.group("someone");
          default -> room;
        },
        "userId",
        "someone",
        "deviceId",
        "a-phone",
        "sequence",
        sequence,
        "invitationId",
        invitation,
        "ruleId",
        "a-rule",
        "number",
        report(),
        "erasureId",
        erasure());
  }

  // An OPEN conversation of alice's that has a list.
  private static String listed() {
    JsonObject open =
        new JsonObject()
            .put("name", "live")
            .put("watching", new JsonObject().put("access", "WATCH_ACCESS_LIST"));
    return RestClient.json(BACKEND.post("/v1/conversations/open", open))
        .getJsonObject("conversation")
        .getString("conversationId");
  }

  // Of someone, by alice; open.
  private static String report() {
    JsonArray open = RestClient.json(BACKEND.get("/v1/reports")).getJsonArray("reports");
    if (open.isEmpty()) {
      JsonObject report =
          new JsonObject()
              .put("reportId", UUID.randomUUID().toString())
              .put("userId", "someone")
              .put("reason", "REPORT_REASON_OTHER");
      assertThat(BACKEND.post("/v1/reports", report).statusCode()).isEqualTo(200);
      return report();
    }
    return open.getJsonObject(0).getString("number");
  }

  private static String erasure() {
    JsonObject wish = new JsonObject().put("messages", "delete");
    return RestClient.json(BACKEND.post("/v1/users/nobody/erase", wish)).getString("erasureId");
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aGoodRequestIsFulfilled(Operation operation) {
    String path = path(operation, goodVariables(operation));

    HttpResponse<String> answer = ask(BACKEND, operation, path, goodBody(operation));

    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    assertDocumented(operation, answer);
  }

  // What the file's schema does not take is refused; of what it takes, no field is of another type
  // than the protocol's.
  @ParameterizedTest
  @EnumSource(Operation.class)
  void noBodyIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String path = path(operation, goodVariables(operation));

    for (SampleBodies.Sample sample : bodies(operation)) {
      HttpResponse<String> answer = ask(BACKEND, operation, path, sample.body());

      assertDocumented(operation, answer);
      switch (sample.fit()) {
        case DOES_NOT -> assertThat(answer.statusCode()).as(sample.toString()).isEqualTo(400);
        case FITS -> assertThat(answer.body()).as(sample.toString()).doesNotContain(WRONG_TYPE);
        case WHO_KNOWS -> {}
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatIsNoJsonOfItsLengthIsRefused(Operation operation) {
    if (bodies(operation).isEmpty()) {
      return;
    }
    String path = path(operation, goodVariables(operation));
    String good = goodBody(operation);
    byte[] inUtf8 = good.getBytes(UTF_8);
    byte[] withoutCharacter = inUtf8.clone();
    withoutCharacter[inUtf8.length / 2] = (byte) 0xff;

    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "json", "")) {
      assertRefused(operation, 415, askBytes(operation, path, type, inUtf8));
    }
    String json = "application/json; charset=utf-8";
    assertRefused(operation, 400, askBytes(operation, path, json, new byte[0]));
    assertRefused(operation, 400, askBytes(operation, path, json, withoutCharacter));
    assertRefused(operation, 400, askBytes(operation, path, json, good.getBytes(UTF_16)));
    int most = operation.isBulk() ? MAX_BULK_BYTES : MAX_BODY_BYTES;
    byte[] tooLong = (good + " ".repeat(most)).getBytes(UTF_8);
    assertRefused(operation, 413, askBytes(operation, path, json, tooLong));
    byte[] longest = (good + " ".repeat(most - inUtf8.length)).getBytes(UTF_8);
    assertThat(askBytes(operation, path, json, longest).statusCode()).isBetween(200, 299);
  }

  private static HttpResponse<String> askBytes(
      Operation operation, String path, String type, byte[] body) {
    RestClient client = type.isEmpty() ? BACKEND : BACKEND.with("Content-Type", type);
    return client.ask(operation.method().name(), path, BodyPublishers.ofByteArray(body));
  }

  private static void assertRefused(Operation operation, int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(operation + " " + answer.body()).isEqualTo(status);
    assertDocumented(operation, answer);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void noParameterIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String body = goodBody(operation);
    Map<String, String> variables = goodVariables(operation);
    String path = path(operation, variables);
    List<String> paths = new ArrayList<>();
    for (JsonObject query : parameters(operation, "query")) {
      for (String value : SAMPLES.parameters(query.getJsonObject("schema"))) {
        paths.add(with(path, query.getString("name"), value));
      }
      paths.add(path.split("\\?", 2)[0] + "?" + query.getString("name"));
      paths.add(with(with(path, query.getString("name"), "x"), query.getString("name"), "1"));
    }
    for (JsonObject variable : parameters(operation, "path")) {
      for (String value : variables(variable.getJsonObject("schema"))) {
        Map<String, String> other = new HashMap<>(variables);
        other.put(variable.getString("name"), value);
        paths.add(path(operation, other));
      }
    }

    paths.add(path.split("\\?", 2)[0] + "?unknown=%00&a[]=1");
    paths.add(with(path, "unknown", "") + "&%ff=%ff&%c3%28");

    for (String asked : paths) {
      assertDocumented(operation, ask(BACKEND, operation, asked, body));
    }
  }

  // An empty one, or a step upwards, is another path.
  private static List<String> variables(JsonObject schema) {
    return SAMPLES.parameters(schema).stream()
        .filter(it -> !Set.of("", "..", ".").contains(it))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void noHeaderIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String body = goodBody(operation);
    String path = path(operation, goodVariables(operation));

    for (JsonObject header : parameters(operation, "header")) {
      for (String value : SAMPLES.parameters(header.getJsonObject("schema"))) {
        if (value.chars().allMatch(it -> it >= ' ' && it < 127)) {
          RestClient client = BACKEND.with(header.getString("name"), value);
          assertDocumented(operation, ask(client, operation, path, body));
        }
      }
    }
    for (String authorization : List.of("", "Bearer", "Bearer x", "Basic YTpi", "tern_", "\t")) {
      RestClient client = RestClient.of(NODE).with("Authorization", authorization);
      assertRefused(operation, 401, ask(client, operation, path, body));
    }
    assertRefused(operation, 401, ask(RestClient.of(NODE), operation, path, body));
  }

  static Stream<Operation> aboutConversations() {
    return Stream.of(Operation.values())
        .filter(Operation::isOfUsers)
        .filter(it -> it.variables().contains("conversationId"));
  }

  @ParameterizedTest
  @MethodSource("aboutConversations")
  void whatIsForeignIsAnsweredAsWhatDoesNotExist(Operation operation) {
    RestClient stranger = BACKEND.with("Tern-User", "stranger");
    Map<String, String> foreign = goodVariables(operation);
    Map<String, String> unknown = new HashMap<>(foreign);
    unknown.put("conversationId", UUID.randomUUID().toString());
    String body = goodBody(operation);

    HttpResponse<String> ofOthers = ask(stranger, operation, path(operation, foreign), body);
    HttpResponse<String> ofNobody = ask(stranger, operation, path(operation, unknown), body);

    // What is told of a push is taken whatever it names.
    int refused = operation == Operation.REPORT_PUSH ? 200 : 404;
    assertThat(ofOthers.statusCode()).as(ofOthers.body()).isEqualTo(refused);
    assertThat(ofNobody.statusCode()).isEqualTo(refused);
    assertThat(ofOthers.body()).isEqualTo(ofNobody.body());
  }

  private static HttpResponse<String> ask(
      RestClient client, Operation operation, String path, String body) {
    return client.ask(operation.method().name(), path, body);
  }

  private static void assertDocumented(Operation operation, HttpResponse<String> answer) {
    String asked = answer.request().method() + " " + answer.uri() + " " + answer.body();
    assertThat(answer.statusCode()).as(asked).isNotEqualTo(500);
    JsonObject responses = entry(operation).getJsonObject("responses");
    JsonObject response = responses.getJsonObject(Integer.toString(answer.statusCode()));
    assertThat(response)
        .as("a documented status: " + answer.statusCode() + " " + asked)
        .isNotNull();
    JsonObject content = CONTRACT.resolved(response).getJsonObject("content");
    if (content == null) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("content-type").orElse("");
    assertThat(content.fieldNames()).as(asked).contains(type);
    List<String> objects =
        type.equals("application/x-ndjson")
            ? answer.body().lines().toList()
            : List.of(answer.body());
    Schema schema = CONTRACT.schema(content.getJsonObject(type));
    for (String object : objects) {
      assertThatCode(() -> schema.check("answer", new JsonObject(object)))
          .as(asked)
          .doesNotThrowAnyException();
    }
  }
}
