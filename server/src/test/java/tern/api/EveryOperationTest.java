// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;

/// Requests made from the OpenAPI file, good, at the bounds and malformed, for each operation: no
/// answer is a fault of the server, none is one that the file does not name, and each is as the
/// file says.
@Tag("slow")
final class EveryOperationTest {
  private static final Contract CONTRACT = Contract.load();
  private static final Samples SAMPLES = new Samples(CONTRACT);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static final RestClient BACKEND =
      RestClient.of(NODE)
          .with(
              "Authorization",
              "Bearer " + new ApiKeys(DATABASE).create("all", EnumSet.allOf(Scope.class)))
          .with("Tern-User", "alice");

  private static JsonObject entry(Operation operation) {
    return path(operation).getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private static JsonObject path(Operation operation) {
    return CONTRACT.tree().getJsonObject("paths").getJsonObject(operation.path());
  }

  private static List<JsonObject> parameters(Operation operation, String in) {
    return Stream.of(path(operation), entry(operation))
        .flatMap(it -> it.getJsonArray("parameters", new JsonArray()).stream())
        .map(it -> CONTRACT.resolved((JsonObject) it))
        .filter(it -> it.getString("in").equals(in))
        .toList();
  }

  private static String goodPath(Operation operation, String room) {
    return operation.path().replace("{conversationId}", room).replace("{userId}", "alice");
  }

  private static List<String> bodies(Operation operation) {
    JsonObject body = entry(operation).getJsonObject("requestBody");
    if (body == null) {
      return List.of("");
    }
    return SAMPLES.bodies(
        body.getJsonObject("content").getJsonObject(Answer.JSON).getJsonObject("schema"));
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aGoodRequestIsFulfilled(Operation operation) {
    String path = goodPath(operation, BACKEND.direct("good-" + operation.id()));

    HttpResponse<String> answer = ask(BACKEND, operation, path, bodies(operation).getFirst());

    // A DIRECT has no members to change.
    int expected = operation.path().matches(".*/(members|remove|leave)") ? 403 : 200;
    assertThat(answer.statusCode() / 100 * 100).as(answer.body()).isEqualTo(expected / 100 * 100);
    assertDocumented(operation, answer);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void noBodyIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String path = goodPath(operation, BACKEND.direct("body-" + operation.id()));

    for (String body : bodies(operation)) {
      assertDocumented(operation, ask(BACKEND, operation, path, body));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void noParameterIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String body = bodies(operation).getFirst();
    String path = goodPath(operation, BACKEND.direct("parameter-" + operation.id()));
    List<String> paths = new ArrayList<>();
    for (JsonObject query : parameters(operation, "query")) {
      for (String value : SAMPLES.parameters(query.getJsonObject("schema"))) {
        paths.add(path + "?" + query.getString("name") + "=" + encoded(value));
      }
      paths.add(path + "?" + query.getString("name"));
      paths.add(path + "?" + query.getString("name") + "=1&" + query.getString("name") + "=x");
    }
    for (JsonObject variable : parameters(operation, "path")) {
      for (String value : SAMPLES.parameters(variable.getJsonObject("schema"))) {
        paths.add(operation.path().replace("{" + variable.getString("name") + "}", encoded(value)));
      }
    }

    paths.add(path + "?unknown=%00&a[]=1");

    for (String asked : paths) {
      assertDocumented(operation, ask(BACKEND, operation, asked, body));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void noHeaderIsAnsweredOtherwiseThanTheFileSays(Operation operation) {
    String body = bodies(operation).getFirst();
    String path = goodPath(operation, BACKEND.direct("header-" + operation.id()));

    for (JsonObject header : parameters(operation, "header")) {
      for (String value : SAMPLES.parameters(header.getJsonObject("schema"))) {
        if (value.chars().allMatch(it -> it >= ' ' && it < 127)) {
          RestClient client = BACKEND.with(header.getString("name"), value);
          assertDocumented(operation, ask(client, operation, path, body));
        }
      }
    }
    assertDocumented(
        operation, ask(RestClient.of(NODE), operation, path, bodies(operation).getFirst()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
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
    assertThatCode(
            () ->
                CONTRACT
                    .schema(content.getJsonObject(type))
                    .check("answer", new JsonObject(answer.body())))
        .as(asked)
        .doesNotThrowAnyException();
  }
}
