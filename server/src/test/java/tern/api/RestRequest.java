// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tern.v1.ClientFrame;

/// The request over REST that asks what a frame asks over a socket.
///
/// @param body empty where the operation has none
record RestRequest(String path, String body) {
  /// The frame's fields go where the OpenAPI file wants each of them.
  static RestRequest of(Operation operation, ClientFrame.Builder frame) {
    JsonObject fields = fields(operation, frame);
    Map<String, String> variables = new HashMap<>();
    operation.variables().forEach(it -> variables.put(it, String.valueOf(fields.remove(it))));
    String path = SampleRequests.path(operation, variables);
    for (JsonObject query : SampleRequests.parameters(operation, "query")) {
      String name = query.getString("name");
      if (fields.containsKey(name)) {
        path = SampleRequests.with(path, name, text(fields.remove(name)));
      }
    }
    boolean hasBody = SampleRequests.CONTRACT.hasBody(operation);
    if (!hasBody && !fields.isEmpty()) {
      throw new AssertionError(operation + " has no place for " + fields.fieldNames());
    }
    return new RestRequest(path, hasBody ? fields.encode() : "");
  }

  private static JsonObject fields(Operation operation, ClientFrame.Builder frame) {
    Message asked =
        (Message)
            frame.getField(
                ClientFrame.getDescriptor().findFieldByNumber(operation.asks().getNumber()));
    try {
      return new JsonObject(JsonFormat.printer().print(asked));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Object field) {
    return field instanceof JsonArray several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(field);
  }
}
