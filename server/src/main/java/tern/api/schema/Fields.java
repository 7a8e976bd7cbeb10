// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import tern.gateway.request.RequestRefused;

/// Reads bodies into messages of the protocol, by the names that the OpenAPI file has for their
/// fields and by no others: the protocol's JSON takes `reply_to` for `replyTo` too, and what stood
/// there would have been held against no schema. Holds no state.
public final class Fields {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  private Fields() {}

  /// Puts what the body names into the message; passes over what the message does not know.
  ///
  /// Throws [RequestRefused] for a value that is not of its field's type.
  public static void read(JsonObject body, Message.Builder into) {
    try {
      JSON.merge(named(body, into.getDescriptorForType()).encode(), into);
    } catch (InvalidProtocolBufferException _) {
      // Its message may quote the body.
      throw RequestRefused.invalid(
          "a field is not of its type (expected: as /v1/openapi.yaml says)");
    }
  }

  private static JsonObject named(JsonObject given, Descriptor type) {
    JsonObject named = new JsonObject();
    for (FieldDescriptor field : type.getFields()) {
      String name = field.getJsonName();
      if (given.containsKey(name)) {
        named.put(name, value(given.getValue(name), field));
      }
    }
    return named;
  }

  private static Object value(Object given, FieldDescriptor field) {
    // The keys of a map are the app's own words.
    boolean holdsFields =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
    if (!holdsFields) {
      return given;
    }
    return switch (given) {
      case JsonObject one -> named(one, field.getMessageType());
      case JsonArray several -> {
        JsonArray all = new JsonArray();
        several.forEach(it -> all.add(value(it, field)));
        yield all;
      }
      case null, default -> given;
    };
  }
}
