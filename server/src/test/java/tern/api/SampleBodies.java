// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bodies that differ from a good one in one place: every property of the schema at whatever depth,
/// given other values, and left out.
final class SampleBodies {
  // Deeper than that there is what does not fit alone, or it would take minutes.
  private static final int JUNK_TO_DEPTH = 2;

  /// Whether the file says that a body is taken.
  enum Fit {
    /// Its schema takes it; more may be said of it in words.
    FITS,
    /// Its schema does not take it.
    DOES_NOT,
    /// It was made without looking.
    WHO_KNOWS
  }

  /// A body, and where and how it differs.
  record Sample(String place, String body, Fit fit) {}

  private final Contract contract;
  private final Samples samples;
  private final List<Sample> made = new ArrayList<>();

  private SampleBodies(Contract contract) {
    this.contract = contract;
    this.samples = new Samples(contract);
  }

  /// All of them, a good one first.
  static List<Sample> of(Contract contract, JsonObject schema) {
    SampleBodies bodies = new SampleBodies(contract);
    Object good = bodies.samples.good(schema);
    bodies.add("", good, Fit.FITS);
    bodies.inside("", contract.resolved(schema), (JsonObject) good, UnaryOperator.identity());
    bodies.addWholes();
    return bodies.made;
  }

  // What stands for the whole body, or tries to.
  private void addWholes() {
    for (String text :
        List.of("{", "[]", "null", "1", "\"\"", "{\"a\":NaN}", "{} {}", "\uFEFF{}")) {
      made.add(
          new Sample("the body", text, text.equals("\uFEFF{}") ? Fit.WHO_KNOWS : Fit.DOES_NOT));
    }
    String deep = "{\"a\":".repeat(300) + "1" + "}".repeat(300);
    String deeper = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    made.add(new Sample("the body", deep, Fit.WHO_KNOWS));
    made.add(new Sample("the body", deeper, Fit.WHO_KNOWS));
  }

  private void add(String place, Object body, Fit fit) {
    made.add(new Sample(place, body instanceof JsonObject it ? it.encode() : "", fit));
  }

  // Everything within an object that stands in the body where `into` puts it.
  private void inside(
      String place, JsonObject schema, JsonObject good, UnaryOperator<Object> into) {
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      JsonObject others = good.copy();
      others.remove(name);
      Samples.choiceOf(properties, name).forEach(others::remove);
      Fit without = required.contains(name) ? Fit.DOES_NOT : Fit.FITS;
      add(place + "/" + name + " left out", into.apply(others), without);
      each(
          place + "/" + name,
          properties.getJsonObject(name),
          value -> into.apply(others.copy().put(name, value)));
    }
    if (schema.getValue("additionalProperties") instanceof JsonObject ofAny) {
      each(place + "/*", ofAny, value -> into.apply(new JsonObject().put("key", value)));
    }
    add(place + "/unknown", into.apply(good.copy().put("unknown", new JsonArray())), Fit.WHO_KNOWS);
  }

  private void each(String place, JsonObject reference, UnaryOperator<Object> into) {
    JsonObject schema = contract.resolved(reference);
    Object good = samples.good(schema);
    add(place, into.apply(good), Fit.FITS);
    samples.within(schema).forEach(it -> add(place, into.apply(it), Fit.FITS));
    samples.beyond(schema).forEach(it -> add(place, into.apply(it), Fit.DOES_NOT));
    if (place.chars().filter(it -> it == '/').count() <= JUNK_TO_DEPTH) {
      Samples.JUNK.forEach(it -> add(place, into.apply(it), Fit.WHO_KNOWS));
    }
    if (good instanceof JsonObject object) {
      inside(place, schema, object, into);
    }
    if (good instanceof JsonArray) {
      each(place + "/0", schema.getJsonObject("items"), it -> into.apply(new JsonArray().add(it)));
    }
  }
}
