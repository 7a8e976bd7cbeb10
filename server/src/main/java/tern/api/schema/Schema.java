// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.schema;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tern.gateway.request.RequestRefused;

/// One schema of the OpenAPI file, which are JSON Schema 2020-12. Any thread may use it.
public final class Schema {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final String IN_FILE = "#/components/schemas/";
  private static final String IN_SCHEMA = "#/$defs/";

  private final JsonObject schema;
  private final JsonObject named;
  // Made when it is first needed: to make those of all operations would double the time of a start.
  private volatile @Nullable Validator validator;

  private Schema(JsonObject schema, JsonObject named) {
    this.schema = schema;
    this.named = named;
  }

  /// A schema that may refer to the named ones of its file.
  public static Schema of(JsonObject schema, JsonObject named) {
    return new Schema(schema, named);
  }

  // Two threads may make two, which are alike.
  private Validator validator() {
    Validator made = validator;
    if (made == null) {
      made = made();
      validator = made;
    }
    return made;
  }

  private Validator made() {
    String alone = schema.encode();
    // A document of its own, so that its references need no other; most have none.
    String whole =
        alone.contains(IN_FILE)
            ? schema.copy().put("$defs", named).encode().replace(IN_FILE, IN_SCHEMA)
            : alone;
    return Validator.create(
        JsonSchema.of(new JsonObject(whole)),
        new JsonSchemaOptions()
            .setBaseUri("https://tern.invalid/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  /// Reads a parameter: a `Long` or a `String`.
  ///
  /// Throws [RequestRefused] that names it when it does not fit.
  public Object read(String name, String given) {
    if (!"integer".equals(schema.getValue("type"))) {
      check(name, given);
      return given;
    }
    if (!WHOLE_NUMBER.matcher(given).matches()) {
      throw RequestRefused.invalid(name + ": no whole number from 0 on (expected: one)");
    }
    long number = Long.parseLong(given);
    check(name, number);
    return number;
  }

  /// Throws [RequestRefused] that says where and why `value` does not fit, and quotes none of it.
  public void check(String name, Object value) {
    OutputUnit outcome = validator().validate(value);
    if (!Boolean.TRUE.equals(outcome.getValid())) {
      throw RequestRefused.invalid(name + fault(outcome));
    }
  }

  // The last error is the innermost: it quotes the schema, never the value.
  private static String fault(OutputUnit outcome) {
    List<OutputUnit> errors = outcome.getErrors();
    if (errors == null || errors.isEmpty()) {
      return ": not as /v1/openapi.yaml says";
    }
    OutputUnit innermost = errors.getLast();
    return innermost.getInstanceLocation().replaceFirst("^#", "") + ": " + innermost.getError();
  }
}
