// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes values of schemas: good ones, those at the bounds and just beyond, and those that can't be
/// meant.
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

  // What the protocol calls oneof, which the file says in words.
  private static final List<List<String>> CHOICES =
      List.of(
          List.of("text", "card", "attachments", "custom", "encrypted", "system"),
          List.of("key", "token"),
          List.of("apns", "fcmToken", "fcmInstallationId", "webPush"),
          List.of("value", "url"));

  /// What no schema was made for; some of it fits some.
  static final List<Object> JUNK =
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
      JsonArray values = it.getJsonArray("enum");
      return values.getValue(Math.min(1, values.size() - 1));
    }
    if (it.containsKey("examples")) {
      return it.getJsonArray("examples").getValue(0);
    }
    return switch (types(it).getFirst()) {
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

  /// The JSON types that a schema takes.
  static List<String> types(JsonObject schema) {
    Object type = schema.getValue("type");
    return type instanceof JsonArray several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(type));
  }

  private JsonObject objectOf(JsonObject schema) {
    JsonObject made = new JsonObject();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      List<String> choice = choiceOf(properties, name);
      if (choice.isEmpty() || choice.getFirst().equals(name)) {
        made.put(name, good(properties.getJsonObject(name)));
      }
    }
    return made;
  }

  /// Of which properties at most one is given, `name` among them; empty when it goes with all.
  static List<String> choiceOf(JsonObject properties, String name) {
    return CHOICES.stream()
        .filter(it -> it.contains(name) && properties.fieldNames().containsAll(it))
        .findFirst()
        .orElse(List.of());
  }

  /// Values at the schema's bounds, all within.
  List<Object> within(JsonObject schema) {
    JsonObject it = contract.resolved(schema);
    Bounds bounds = Bounds.of(it);
    List<Object> made = new ArrayList<>(bounds.numbers());
    bounds.lengths().forEach(length -> made.add("1".repeat(length)));
    bounds.counts().forEach(count -> made.add(array(it, count)));
    it.getJsonArray("enum", new JsonArray()).forEach(made::add);
    return made;
  }

  /// Values that do not fit: just beyond each bound, of each other type, of no such pattern, none
  /// of those that are named.
  List<Object> beyond(JsonObject schema) {
    JsonObject it = contract.resolved(schema);
    Bounds bounds = Bounds.of(it);
    List<Object> made = new ArrayList<>(bounds.numbersBeyond());
    bounds.lengthsBeyond().forEach(length -> made.add("1".repeat(length)));
    bounds.countsBeyond().forEach(count -> made.add(array(it, count)));
    if (it.containsKey("maxProperties")) {
      JsonObject tooMany = new JsonObject();
      for (int i = 0; i <= it.getInteger("maxProperties"); i++) {
        tooMany.put("key" + i, "value");
      }
      made.add(tooMany);
    }
    if (it.containsKey("enum") || it.containsKey("pattern")) {
      made.addAll(List.of("none of them \u2603", "\n"));
    }
    made.addAll(otherTypes(types(it)));
    return made;
  }

  private JsonArray array(JsonObject schema, int count) {
    JsonArray made = new JsonArray();
    for (int i = 0; i < count; i++) {
      made.add(good(schema.getJsonObject("items")));
    }
    return made;
  }

  private static List<Object> otherTypes(List<String> types) {
    List<Object> made = new ArrayList<>();
    made.add(null);
    if (!types.contains("boolean")) {
      made.add(false);
    }
    if (!types.contains("integer")) {
      made.add(7);
    }
    made.add(7.5);
    if (!types.contains("string")) {
      made.add("7");
    }
    if (!types.contains("array")) {
      made.add(new JsonArray());
    }
    if (!types.contains("object")) {
      made.add(new JsonObject());
    }
    return made;
  }

  /// Texts for a parameter: a good one, those at its bounds and beyond, and others.
  List<String> parameters(JsonObject schema) {
    List<String> made = new ArrayList<>(List.of(String.valueOf(good(schema))));
    Stream.concat(within(schema).stream(), beyond(schema).stream())
        .forEach(it -> made.add(String.valueOf(it)));
    made.addAll(List.of("-1", "1e3", "99999999999999999999", "x", "a b", "\u2603", "'\"<&>"));
    made.addAll(List.of("\0", "x".repeat(5_000), "%", "..", "../..", "a/b"));
    return made;
  }
}
