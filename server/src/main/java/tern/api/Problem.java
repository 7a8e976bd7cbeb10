// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import tern.gateway.request.RequestRefused;
import tern.v1.Error;
import tern.v1.ErrorCode;

/// An error as RFC 9457 writes it, with the code that a socket would tell, and what may be done
/// now.
///
/// @param code one of [ErrorCode], or `UNAUTHENTICATED`, for which a socket is closed
/// @param detail for the developer; never a message's text, a token or a key
record Problem(int status, String code, String detail, boolean mayRetry, int retryAfterMs) {
  static final String TYPE = "application/problem+json";

  /// A request that was refused, with the one HTTP status of its code.
  static Problem of(RequestRefused refusal) {
    Error error = refusal.toWire();
    return new Problem(
        status(error.getCode()),
        error.getCode().name(),
        error.getMessage(),
        error.getMayRetry(),
        error.getRetryAfterMs());
  }

  /// A request whose path exists, or whose kind is known, but not so.
  static Problem unsupported(int status, String detail) {
    return new Problem(status, ErrorCode.ERROR_CODE_UNSUPPORTED.name(), detail, false, 0);
  }

  /// Nobody that is known asks: one answer for all reasons.
  static Problem unauthenticated() {
    return new Problem(
        401,
        "UNAUTHENTICATED",
        "Authorization: missing, or not valid (expected: Bearer, and an access token or API key)",
        false,
        0);
  }

  /// The first request with this key has no answer yet.
  static Problem stillRunning() {
    return new Problem(
        409,
        ErrorCode.ERROR_CODE_CONFLICT.name(),
        "Idempotency-Key: its first request still runs (expected: to ask again later)",
        true,
        1_000);
  }

  /// The one table of codes and HTTP statuses.
  static int status(ErrorCode code) {
    return switch (code) {
      case ERROR_CODE_INVALID_ARGUMENT -> 400;
      case ERROR_CODE_FORBIDDEN -> 403;
      case ERROR_CODE_NOT_FOUND -> 404;
      case ERROR_CODE_CONFLICT, ERROR_CODE_GROUP_FULL, ERROR_CODE_LIMIT_REACHED -> 409;
      case ERROR_CODE_TOO_LARGE -> 413;
      case ERROR_CODE_UNSUPPORTED, ERROR_CODE_REFUSED_BY_MODERATION -> 422;
      case ERROR_CODE_RATE_LIMITED -> 429;
      case ERROR_CODE_UNAVAILABLE -> 503;
      case ERROR_CODE_INTERNAL, ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> 500;
    };
  }

  /// As it is written to the caller.
  Answer answer() {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail)
            .put("code", code)
            .put("mayRetry", mayRetry)
            .put("retryAfterMs", retryAfterMs);
    return new Answer(status, TYPE, body.encode(), "", retryAfterMs, !mayRetry);
  }
}
