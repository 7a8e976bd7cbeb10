// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import tern.v1.Error;
import tern.v1.ErrorCode;

/// A request that is answered with an error. Its message is for the developer of the client: what
/// was given and what was expected, never the text of a message, never a token.
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final Duration retryAfter;

  private RequestRefused(ErrorCode code, String message, Duration retryAfter) {
    // It is no fault: nobody reads its stack.
    super(message, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  static RequestRefused of(ErrorCode code, String message) {
    return new RequestRefused(code, message, Duration.ZERO);
  }

  static RequestRefused invalid(String message) {
    return of(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, message);
  }

  static RequestRefused noConversation() {
    return of(ErrorCode.ERROR_CODE_NOT_FOUND, "no such conversation, or none of yours");
  }

  static RequestRefused tooFast(String what, Duration retryAfter) {
    return new RequestRefused(ErrorCode.ERROR_CODE_RATE_LIMITED, what, retryAfter);
  }

  static RequestRefused unavailable() {
    return unavailable("the store is away or too busy");
  }

  static RequestRefused unavailable(String what) {
    return new RequestRefused(ErrorCode.ERROR_CODE_UNAVAILABLE, what, Duration.ofSeconds(1));
  }

  static RequestRefused internal() {
    return new RequestRefused(
        ErrorCode.ERROR_CODE_INTERNAL, "a fault of the server", Duration.ofSeconds(1));
  }

  ErrorCode code() {
    return code;
  }

  Error toWire() {
    return Error.newBuilder()
        .setCode(code)
        .setMessage(String.valueOf(getMessage()))
        .setMayRetry(mayRetry(code))
        .setRetryAfterMs((int) Math.min(Integer.MAX_VALUE, retryAfter.toMillis()))
        .build();
  }

  private static boolean mayRetry(ErrorCode code) {
    return switch (code) {
      case ERROR_CODE_RATE_LIMITED, ERROR_CODE_UNAVAILABLE, ERROR_CODE_INTERNAL -> true;
      default -> false;
    };
  }
}
