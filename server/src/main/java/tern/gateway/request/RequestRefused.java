// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.session.TokenBucket;
import tern.store.StoreException;
import tern.v1.Error;
import tern.v1.ErrorCode;

/// A request that is answered with an error. Its message is for the developer of the client: what
/// was given and what was expected, never the text of a message, never a token.
public final class RequestRefused extends RuntimeException {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRefused.class);

  // A store that is away or busy must not fill the log with a line for each request.
  private static final TokenBucket TROUBLE_LINES = new TokenBucket(1, 5, System::nanoTime);
  private static final LongAdder UNTOLD_TROUBLE = new LongAdder();

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final Duration retryAfter;

  private RequestRefused(ErrorCode code, String message, Duration retryAfter) {
    // It is no fault: nobody reads its stack.
    super(message, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /// Refuses with a code of its own.
  public static RequestRefused of(ErrorCode code, String message) {
    return new RequestRefused(code, message, Duration.ZERO);
  }

  /// A field is missing, malformed or out of bounds.
  public static RequestRefused invalid(String message) {
    return of(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, message);
  }

  /// There is none, or none of theirs: the two are not told apart.
  public static RequestRefused noConversation() {
    return of(ErrorCode.ERROR_CODE_NOT_FOUND, "no such conversation, or none of yours");
  }

  /// They may not, whoever they are there: the same words whether it is their role or a block.
  public static RequestRefused forbidden() {
    return of(
        ErrorCode.ERROR_CODE_FORBIDDEN,
        "your role, or the kind of conversation, does not allow that");
  }

  /// Too many of `what`; may be asked again after so long.
  public static RequestRefused tooFast(String what, Duration retryAfter) {
    return new RequestRefused(ErrorCode.ERROR_CODE_RATE_LIMITED, what, retryAfter);
  }

  /// Content or metadata exceed their limits.
  public static RequestRefused tooLarge(LimitsConfig limits) {
    return of(
        ErrorCode.ERROR_CODE_TOO_LARGE,
        "content or metadata too large (expected: at most "
            + limits.contentBytes()
            + " and "
            + limits.metadataBytes()
            + " bytes)");
  }

  /// The store is away, or the node has too much to do; may be asked again.
  public static RequestRefused unavailable() {
    return unavailable("the store is away or too busy");
  }

  /// Something is away that is needed; may be asked again.
  public static RequestRefused unavailable(String what) {
    return new RequestRefused(ErrorCode.ERROR_CODE_UNAVAILABLE, what, Duration.ofSeconds(1));
  }

  /// A fault of ours; may be asked again.
  public static RequestRefused internal() {
    return new RequestRefused(
        ErrorCode.ERROR_CODE_INTERNAL, "a fault of the server", Duration.ofSeconds(1));
  }

  /// What a request that ended with this exception is answered with. Whatever is no refusal is a
  /// fault, and logged with who asked, such as `connection` and its id.
  public static RequestRefused because(RuntimeException cause, String asker, String id) {
    if (cause instanceof RequestRefused refusal) {
      return refusal;
    }
    if (cause instanceof StoreException e) {
      logTrouble(e, asker, id);
      return e.isPassing() ? unavailable() : internal();
    }
    LOG.atError().setCause(cause).addKeyValue(asker, id).log("a request failed");
    return internal();
  }

  private static void logTrouble(StoreException trouble, String asker, String id) {
    if (TROUBLE_LINES.tryTake() > 0) {
      UNTOLD_TROUBLE.increment();
      return;
    }
    LOG.atWarn()
        .addKeyValue(asker, id)
        .addKeyValue("cause", trouble.getMessage())
        .addKeyValue("untold", UNTOLD_TROUBLE.sumThenReset())
        .log("a request met a store in trouble");
  }

  /// Which of the errors that clients know.
  public ErrorCode code() {
    return code;
  }

  /// As it is told to the client.
  public Error toWire() {
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
