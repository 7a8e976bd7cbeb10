// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/// What of an answer may be kept: ids, numbers, times and named values, and nothing that anybody
/// wrote. Holds no state.
///
/// It names what stays, so that a field that is added tomorrow is left out until somebody has
/// thought of it.
public final class Skeleton {
  private static final Pattern KEPT =
      Pattern.compile(
          "\\w*(Id|Ids|Ms|Role|Sequence|Visibility)|role|kind|access|place|outcome|action|messages"
              + "|revision|sequence|visibleFrom|read|delivered|replyTo|number|erased|remaining");

  private Skeleton() {}

  /// The same JSON object, with empty texts in place of those that may not be kept.
  public static String of(String json) {
    return of(new JsonObject(json)).encode();
  }

  private static JsonObject of(JsonObject whole) {
    JsonObject kept = new JsonObject();
    whole.forEach(
        it -> {
          // Its keys are the app's own words.
          if (!it.getKey().equals("metadata")) {
            kept.put(it.getKey(), value(it.getKey(), it.getValue()));
          }
        });
    return kept;
  }

  private static Object value(String name, Object given) {
    return switch (given) {
      case JsonObject inner -> of(inner);
      case JsonArray list -> list(name, list);
      case String text -> KEPT.matcher(name).matches() ? text : "";
      default -> given;
    };
  }

  // Of texts that may not be kept not even their number stays.
  private static JsonArray list(String name, JsonArray given) {
    JsonArray kept = new JsonArray();
    for (Object it : given) {
      if (!(it instanceof String) || KEPT.matcher(name).matches()) {
        kept.add(value(name, it));
      }
    }
    return kept;
  }
}
