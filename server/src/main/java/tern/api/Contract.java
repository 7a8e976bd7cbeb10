// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tern.api.schema.Schema;
import tern.gateway.request.RequestRefused;

/// The OpenAPI file: what is served to readers, and what every request is held against, so that it
/// can't lie. Any thread may use it.
final class Contract {
  private static final String FILE = "/openapi/tern.yaml";

  private final String text;
  private final JsonObject tree;
  private final Map<Operation, Shape> shapes = new EnumMap<>(Operation.class);

  // What the file says of an operation's request.
  private record Shape(List<Parameter> parameters, Optional<Schema> body) {}

  private record Parameter(String name, String in, boolean required, Schema schema) {
    String given(Call call) {
      return switch (in) {
        case "path" -> call.path().getOrDefault(name, "");
        case "query" -> call.query().getOrDefault(name, "");
        default -> call.header(name.toLowerCase(Locale.ROOT));
      };
    }
  }

  private Contract(String text, JsonObject tree) {
    this.text = text;
    this.tree = tree;
    for (Operation operation : Operation.values()) {
      shapes.put(operation, shape(operation));
    }
  }

  /// Reads the file that the program brings along; blocks for some 100 ms.
  static Contract load() {
    try (InputStream in = Objects.requireNonNull(Contract.class.getResourceAsStream(FILE))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> tree =
          new ObjectMapper(new YAMLFactory()).readValue(text, new TypeReference<>() {});
      return new Contract(text, new JsonObject(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shape shape(Operation operation) {
    JsonObject path = tree.getJsonObject("paths").getJsonObject(operation.path());
    JsonObject entry = path.getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
    JsonArray none = new JsonArray();
    List<Parameter> parameters =
        Stream.concat(
                path.getJsonArray("parameters", none).stream(),
                entry.getJsonArray("parameters", none).stream())
            .map(it -> parameter(resolved((JsonObject) it)))
            .toList();
    return new Shape(
        parameters,
        Optional.ofNullable(entry.getJsonObject("requestBody"))
            .map(it -> schema(it.getJsonObject("content").getJsonObject(Answer.JSON))));
  }

  private Parameter parameter(JsonObject it) {
    return new Parameter(
        it.getString("name"), it.getString("in"), it.getBoolean("required", false), schema(it));
  }

  /// The schema of what holds one: a parameter, or a body of one media type.
  Schema schema(JsonObject holder) {
    return Schema.of(
        holder.getJsonObject("schema"), tree.getJsonObject("components").getJsonObject("schemas"));
  }

  /// What a `$ref` of this file refers to, or the thing itself if it is none.
  JsonObject resolved(JsonObject it) {
    String reference = it.getString("$ref");
    if (reference == null) {
      return it;
    }
    JsonObject at = tree;
    for (String name : reference.substring("#/".length()).split("/", -1)) {
      at = at.getJsonObject(name);
    }
    return at;
  }

  /// The file as it stands.
  String text() {
    return text;
  }

  /// The file as a tree, its references unresolved.
  JsonObject tree() {
    return tree;
  }

  /// Whether the operation has a body.
  boolean hasBody(Operation operation) {
    return shapeOf(operation).body().isPresent();
  }

  private Shape shapeOf(Operation operation) {
    return Objects.requireNonNull(shapes.get(operation));
  }

  /// Holds the call against the file; throws [RequestRefused] when it is not as the file says.
  Call.Checked check(Call call) {
    Shape shape = shapeOf(call.operation());
    Map<String, Object> values = new HashMap<>();
    for (Parameter parameter : shape.parameters()) {
      String given = parameter.given(call);
      if (!given.isEmpty()) {
        Object value = parameter.schema().read(parameter.name(), given);
        if (!parameter.in().equals("header")) {
          values.put(parameter.name(), value);
        }
      } else if (parameter.required()) {
        throw RequestRefused.invalid(parameter.name() + ": missing (expected: a value)");
      }
    }
    JsonObject body = shape.body().map(schema -> body(schema, call)).orElseGet(JsonObject::new);
    return new Call.Checked(call.operation(), values, body);
  }

  private static JsonObject body(Schema schema, Call call) {
    JsonObject body;
    try {
      body = new JsonObject(call.body());
    } catch (DecodeException _) {
      // Its message quotes the body.
      throw RequestRefused.invalid("body: no JSON object (expected: one)");
    }
    // The wire and the store would put a question mark in its place, after all was looked at.
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(body.encode())) {
      throw RequestRefused.invalid("body: half a surrogate pair (expected: whole characters)");
    }
    schema.check("body", body);
    return body;
  }
}
