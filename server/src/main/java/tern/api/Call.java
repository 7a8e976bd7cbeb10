// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static java.util.stream.Collectors.joining;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A call as it came off the event loop, not yet looked at.
///
/// @param address of the client; empty where it is not known
/// @param headers by their names in lower case; those that REST knows
/// @param path what stands in the path's variables
/// @param query the first value of each name
/// @param body empty where there is none
record Call(
    Operation operation,
    String address,
    Map<String, String> headers,
    Map<String, String> path,
    Map<String, String> query,
    String body) {
  /// Takes copies.
  Call {
    headers = Map.copyOf(headers);
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /// A header's text; empty where there is none.
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// What the path names: its ids in their order, with a slash between them; empty for none.
  String subject() {
    return operation.variables().stream()
        .map(it -> path.getOrDefault(it, ""))
        .collect(joining("/"));
  }

  /// What tells a repeat from another request under the same idempotency key.
  byte[] hash() {
    String asked = operation.id() + '\n' + subject() + '\n' + body;
    return Tags.sha256(asked.getBytes(StandardCharsets.UTF_8));
  }

  /// A call that is as the OpenAPI file says.
  ///
  /// @param parameters those of path and query that the file declares and the call gives, by name:
  ///     a `String` or a `Long` each
  /// @param body empty where the operation has none
  record Checked(Operation operation, Map<String, Object> parameters, JsonObject body) {
    /// Takes a copy of the parameters.
    Checked {
      parameters = Map.copyOf(parameters);
    }

    /// A text, or an empty one where it is not given.
    String text(String name) {
      return parameters.get(name) instanceof String given ? given : "";
    }

    /// A number.
    long number(String name, long whenMissing) {
      return parameters.get(name) instanceof Long given ? given : whenMissing;
    }
  }
}
