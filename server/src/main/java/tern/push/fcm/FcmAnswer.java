// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.firebase.ErrorCode;
import com.google.firebase.FirebaseException;
import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tern.push.PushOutcome;

/// What becomes of a push by what Google answered. See "FCM error codes" in Firebase's
/// documentation.
final class FcmAnswer {
  // What Google asks for where a refused quota says nothing of when.
  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
  private static final Set<String> TARGETS = Set.of("message.token", "message.fid");

  private FcmAnswer() {}

  /// @param sentAt when a registration is dead at the latest: Google does not say since when
  /// @param now which a date in Retry-After is counted from
  static PushOutcome outcome(FirebaseMessagingException answer, Instant sentAt, Instant now) {
    MessagingErrorCode code = answer.getMessagingErrorCode();
    if (code == null) {
      return withoutCode(answer, sentAt, now);
    }
    return switch (code) {
      case UNREGISTERED -> new PushOutcome.TokenGone(sentAt);
      case INVALID_ARGUMENT -> invalid(answer, sentAt);
      // Of another project. With a wrong service account in the settings that would be all of them:
      // none is dropped for it.
      case SENDER_ID_MISMATCH -> new PushOutcome.Refused(code.name());
      // Of what the app's owner gave to Google for its iOS or web part: good again when it is
      // mended.
      case THIRD_PARTY_AUTH_ERROR -> new PushOutcome.Failed(code.name(), Optional.empty());
      case QUOTA_EXCEEDED ->
          new PushOutcome.Failed(
              code.name(), retryAfter(answer, now).or(() -> Optional.of(WITHOUT_RETRY_AFTER)));
      case UNAVAILABLE, INTERNAL -> new PushOutcome.Failed(code.name(), retryAfter(answer, now));
    };
  }

  // Of our credentials, of Google's front servers, or no answer at all: another time may do better.
  private static PushOutcome withoutCode(
      FirebaseMessagingException answer, Instant sentAt, Instant now) {
    if (answer.getErrorCode() == ErrorCode.INVALID_ARGUMENT) {
      return invalid(answer, sentAt);
    }
    String cause = answer.getHttpResponse() == null ? rootOf(answer) : answer.getErrorCode().name();
    return new PushOutcome.Failed(cause, retryAfter(answer, now));
  }

  // By its kind alone: its words may quote what was sent.
  private static String rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getClass().getSimpleName() : rootOf(cause);
  }

  // Google says the same of a registration that is none and of a message that is none.
  private static PushOutcome invalid(FirebaseMessagingException answer, Instant sentAt) {
    return isAboutTarget(answer)
        ? new PushOutcome.TokenGone(sentAt)
        : new PushOutcome.Refused(MessagingErrorCode.INVALID_ARGUMENT.name());
  }

  private static boolean isAboutTarget(FirebaseMessagingException answer) {
    // Without details Google's sentence is all there is.
    return String.valueOf(answer.getMessage()).contains("not a valid FCM registration token")
        || details(answer).stream()
            .filter(JsonObject.class::isInstance)
            .map(it -> ((JsonObject) it).getJsonArray("fieldViolations", new JsonArray()))
            .flatMap(JsonArray::stream)
            .anyMatch(FcmAnswer::isTarget);
  }

  private static boolean isTarget(Object violation) {
    return violation instanceof JsonObject field
        && TARGETS.contains(String.valueOf(field.getValue("field")));
  }

  private static JsonArray details(FirebaseException answer) {
    IncomingHttpResponse response = answer.getHttpResponse();
    try {
      return response == null || response.getContent() == null
          ? new JsonArray()
          : new JsonObject(response.getContent())
              .getJsonObject("error", new JsonObject())
              .getJsonArray("details", new JsonArray());
    } catch (DecodeException | ClassCastException _) {
      return new JsonArray();
    }
  }

  private static Optional<Duration> retryAfter(FirebaseException answer, Instant now) {
    IncomingHttpResponse response = answer.getHttpResponse();
    return response == null
        ? Optional.empty()
        : Optional.ofNullable(first(response.getHeaders().get("retry-after")))
            .flatMap(it -> retryAfter(it, now));
  }

  private static @Nullable String first(@Nullable Object header) {
    Object value = header instanceof List<?> many && !many.isEmpty() ? many.getFirst() : header;
    return value == null ? null : value.toString();
  }

  /// Seconds, or a date (RFC 9110, 10.2.3); a day at most.
  static Optional<Duration> retryAfter(String text, Instant now) {
    Duration wait;
    try {
      wait =
          text.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (NumberFormatException | DateTimeParseException _) {
      return Optional.empty();
    }
    if (wait.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
  }
}
