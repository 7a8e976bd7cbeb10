// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// What [FakeFcm] answers, in Google's words: see "FCM error codes" in Firebase's documentation.
///
/// @param status 0: nothing at all
/// @param retryAfter the header's text
public record FcmReply(int status, String body, Optional<String> retryAfter) {
  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

  static FcmReply accepted() {
    return new FcmReply(200, "{\"name\": \"projects/tern-test/messages/1\"}", Optional.empty());
  }

  /// Takes the request, and says nothing.
  public static FcmReply none() {
    return new FcmReply(0, "", Optional.empty());
  }

  /// The app is no longer installed, or its token is no longer its own.
  public static FcmReply unregistered() {
    return error(404, "NOT_FOUND", "UNREGISTERED");
  }

  /// A token of another project's.
  public static FcmReply ofAnotherSender() {
    return error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH");
  }

  /// Too many, of the project's or of one device's.
  public static FcmReply quotaExceeded(Optional<String> retryAfter) {
    return error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED").after(retryAfter);
  }

  /// Busy.
  public static FcmReply unavailable(Optional<String> retryAfter) {
    return error(503, "UNAVAILABLE", "UNAVAILABLE").after(retryAfter);
  }

  /// Broken.
  public static FcmReply internal() {
    return error(500, "INTERNAL", "INTERNAL");
  }

  /// What a server in front of Google's says, which knows nothing of FCM.
  public static FcmReply badGateway() {
    return new FcmReply(502, "<!DOCTYPE html><title>Error 502</title>", Optional.empty());
  }

  /// An access token that is none.
  public static FcmReply unauthenticated() {
    JsonObject error = new JsonObject().put("code", 401).put("status", "UNAUTHENTICATED");
    return new FcmReply(401, new JsonObject().put("error", error).encode(), Optional.empty());
  }

  /// A text that is no token, as Google says it in one sentence.
  public static FcmReply invalidToken() {
    JsonObject reply = new JsonObject(error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT").body);
    reply
        .getJsonObject("error")
        .put("message", "The registration token is not a valid FCM registration token");
    return new FcmReply(400, reply.encode(), Optional.empty());
  }

  /// A field that is none, as Google says it in detail.
  public static FcmReply invalid(String field) {
    JsonObject reply = new JsonObject(error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT").body);
    JsonObject violation = new JsonObject().put("field", field).put("description", "Invalid");
    reply
        .getJsonObject("error")
        .getJsonArray("details")
        .add(
            new JsonObject()
                .put("@type", BAD_REQUEST)
                .put("fieldViolations", new JsonArray().add(violation)));
    return new FcmReply(400, reply.encode(), Optional.empty());
  }

  static FcmReply error(int status, String canonical, String code) {
    JsonObject detail = new JsonObject().put("@type", FCM_ERROR).put("errorCode", code);
    JsonObject error =
        new JsonObject()
            .put("code", status)
            .put("message", "Said by Google")
            .put("status", canonical)
            .put("details", new JsonArray().add(detail));
    return new FcmReply(status, new JsonObject().put("error", error).encode(), Optional.empty());
  }

  private FcmReply after(Optional<String> time) {
    return new FcmReply(status, body, time);
  }

  boolean isNone() {
    return status == 0;
  }

  boolean isJson() {
    return body.startsWith("{");
  }
}
