// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Makes requests of the OpenAPI file's operations.
final class SampleRequests {
  static final Contract CONTRACT = Contract.load();
  static final Samples SAMPLES = new Samples(CONTRACT);

  private SampleRequests() {}

  /// What the file says of the operation.
  static JsonObject entry(Operation operation) {
    return path(operation).getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private static JsonObject path(Operation operation) {
    return CONTRACT.tree().getJsonObject("paths").getJsonObject(operation.path());
  }

  /// Its parameters that stand in the path, the query or a header.
  static List<JsonObject> parameters(Operation operation, String in) {
    return Stream.of(path(operation), entry(operation))
        .flatMap(it -> it.getJsonArray("parameters", new JsonArray()).stream())
        .map(it -> CONTRACT.resolved((JsonObject) it))
        .filter(it -> it.getString("in").equals(in))
        .toList();
  }

  /// Its path, with these variables and what else it needs.
  static String path(Operation operation, Map<String, String> variables) {
    String path = operation.path();
    for (String name : operation.variables()) {
      path = path.replace("{" + name + "}", encoded(variables.getOrDefault(name, "")));
    }
    if (operation == Operation.ERASE_USER) {
      // All others need someone.
      path = path.replace("/someone/", "/nobody/");
    }
    if (operation == Operation.REGISTER_DEVICE) {
      // Another one asks for someone to be banned.
      path = path.replace("/someone/", "/welcome/");
    }
    if (operation == Operation.FIND_CONVERSATIONS) {
      // Or a key, says the file in words.
      path = with(path, "userId", "someone");
    }
    for (JsonObject query : parameters(operation, "query")) {
      if (query.getBoolean("required", false)) {
        String good = String.valueOf(SAMPLES.good(query.getJsonObject("schema")));
        path = with(path, query.getString("name"), good);
      }
    }
    return path;
  }

  /// The path with one parameter more; of two values of one name the first counts.
  static String with(String path, String name, String value) {
    String[] parts = path.split("\\?", 2);
    String rest = parts.length > 1 ? "&" + parts[1] : "";
    return parts[0] + "?" + name + "=" + encoded(value) + rest;
  }

  /// A body that fits; empty where the operation has none.
  static String goodBody(Operation operation) {
    return bodies(operation).stream().findFirst().map(SampleBodies.Sample::body).orElse("");
  }

  /// Bodies, a good one first; none where the operation has none.
  static List<SampleBodies.Sample> bodies(Operation operation) {
    JsonObject body = entry(operation).getJsonObject("requestBody");
    return body == null
        ? List.of()
        : SampleBodies.of(
            CONTRACT,
            body.getJsonObject("content").getJsonObject(Answer.JSON).getJsonObject("schema"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
