// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes values of schemas: good ones, those at the bounds, and those that can't be meant.
final class Samples {
  private static final Map<String, String> OF_PATTERNS =
      Map.of(
          "^[A-Za-z0-9_.@-]{1,64}$",
          "someone",
          "^[a-z0-9]{12}$",
          "abcdefghijkl",
          "^[0-9]{1,19}$",
          "7",
          "^[!-~]{1,128}$",
          "a-key",
          "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
          "00000000-0000-4000-8000-000000000001");

  private static final List<Object> JUNK =
      Arrays.asList(
          null,
          true,
          -1,
          12.5,
          9_223_372_036_854_775_807L,
          new BigInteger("99999999999999999999"),
          "",
          "\0",
          "\ud800",
          "%",
          "x".repeat(5_000),
          new JsonArray(),
          new JsonArray().add(new JsonArray()).addNull(),
          new JsonObject(),
          new JsonObject().put("unknown", new JsonObject()));

  private final Contract contract;

  Samples(Contract contract) {
    this.contract = contract;
  }

  /// A value that fits.
  Object good(JsonObject schema) {
    JsonObject it = contract.resolved(schema);
    if (it.containsKey("enum")) {
      return it.getJsonArray("enum").getValue(1);
    }
    if (it.containsKey("examples")) {
      return it.getJsonArray("examples").getValue(0);
    }
    return switch (type(it)) {
      case "object" -> objectOf(it);
      case "array" -> new JsonArray().add(good(it.getJsonObject("items")));
      case "integer" -> Math.max(1, it.getInteger("minimum", 1));
      case "boolean" -> true;
      default ->
          it.containsKey("pattern")
              ? OF_PATTERNS.getOrDefault(it.getString("pattern"), "")
              : "a text";
    };
  }

  private static String type(JsonObject schema) {
    Object type = schema.getValue("type");
    return type instanceof JsonArray several ? several.getString(0) : String.valueOf(type);
  }

  // Of contents, one kind: there is never more than one. Likewise of the ways to join.
  private JsonObject objectOf(JsonObject schema) {
    JsonObject made = new JsonObject();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    boolean isChoice = properties.containsKey("card") || properties.containsKey("token");
    for (String name : properties.fieldNames()) {
      if (!isChoice || name.equals("text") || name.equals("key")) {
        made.put(name, good(properties.getJsonObject(name)));
      }
    }
    return made;
  }

  /// Values at the schema's bounds, and one beyond each.
  List<Object> bounds(JsonObject schema) {
    JsonObject it = contract.resolved(schema);
    List<Object> made = new ArrayList<>();
    for (String bound : List.of("minimum", "maximum")) {
      if (it.getValue(bound) instanceof Number number) {
        made.addAll(List.of(number.longValue() - 1, number.longValue(), number.longValue() + 1));
      }
    }
    for (String bound : List.of("minLength", "maxLength")) {
      if (it.containsKey(bound)) {
        around(it.getInteger(bound)).forEach(length -> made.add("x".repeat(length)));
      }
    }
    for (String bound : List.of("minItems", "maxItems")) {
      if (it.containsKey(bound)) {
        around(it.getInteger(bound))
            .forEach(
                length ->
                    made.add(
                        new JsonArray(
                            Collections.nCopies(length, good(it.getJsonObject("items"))))));
      }
    }
    return made;
  }

  private static Stream<Integer> around(int bound) {
    return Stream.of(bound - 1, bound, bound + 1).filter(it -> it >= 0);
  }

  /// Bodies that differ from a good one in one place, at the bounds and beyond all sense, and
  /// bodies that are none.
  List<String> bodies(JsonObject schema) {
    JsonObject resolved = contract.resolved(schema);
    JsonObject good = (JsonObject) good(schema);
    List<String> made = new ArrayList<>(List.of(good.encode()));
    JsonObject properties = resolved.getJsonObject("properties");
    for (String name : properties.fieldNames()) {
      JsonObject without = good.copy();
      without.remove(name);
      made.add(without.encode());
      Stream.concat(bounds(properties.getJsonObject(name)).stream(), JUNK.stream())
          .forEach(it -> made.add(good.copy().put(name, it).encode()));
      if (good.getValue(name) instanceof JsonObject inner) {
        JUNK.forEach(it -> made.add(good.copy().put(name, junk(inner, it)).encode()));
      }
    }
    JUNK.forEach(it -> made.add(good.copy().put("unknown", it).encode()));
    String deep = "{\"a\":".repeat(300) + "1" + "}".repeat(300);
    made.addAll(List.of("{", "[]", "null", "1", "\"\"", "{\"a\":NaN}", "\uFEFF{}", deep));
    return made;
  }

  private static JsonObject junk(JsonObject inner, Object junk) {
    return new JsonObject(
        inner.fieldNames().stream()
            .collect(
                Collectors.toMap(it -> it, _ -> junk == null ? new JsonArray().addNull() : junk)));
  }

  /// Texts for a parameter: a good one, those at its bounds, and others.
  List<String> parameters(JsonObject schema) {
    List<String> made = new ArrayList<>(List.of(String.valueOf(good(schema))));
    bounds(schema).forEach(it -> made.add(String.valueOf(it)));
    made.addAll(List.of("-1", "1e3", "99999999999999999999", "x", "a b", "\u2603", "'\"<&>"));
    return made;
  }
}
