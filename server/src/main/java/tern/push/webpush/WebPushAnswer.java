// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import tern.push.PushOutcome;

/// What a push service answers (RFC 8030, 5 and 7.3), and what it means.
///
/// @param retryAfter as the header says; empty: none
/// @param body its beginning
record WebPushAnswer(int status, String retryAfter, String body) {
  /// However long a service asks to be left alone, it is asked again after this.
  static final Duration MOST_PATIENCE = Duration.ofHours(1);

  // A word of the service's, and nothing that could be an address or a text.
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_ -]{0,47}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  /// What became of the push.
  ///
  /// @param sentAt when it was sent: a registration that was told later is another
  PushOutcome outcome(Instant sentAt, Instant now) {
    return switch (status) {
      case 200, 201, 202, 204 -> new PushOutcome.Accepted();
      case 404, 410 -> new PushOutcome.TokenGone(sentAt);
      case 408, 425, 429 -> new PushOutcome.Failed(reason(), patience(now));
      default ->
          status >= 500
              ? new PushOutcome.Failed(reason(), patience(now))
              : new PushOutcome.Refused(reason());
    };
  }

  // Apple says {"reason": "BadJwtToken"}, Mozilla {"error": "Unauthorized"}, Google a page.
  private String reason() {
    try {
      JsonObject json = body.startsWith("{") ? new JsonObject(body) : new JsonObject();
      return json.getValue("reason", json.getValue("error")) instanceof String word
              && WORD.matcher(word).matches()
          ? status + " " + word
          : Integer.toString(status);
    } catch (DecodeException _) {
      return Integer.toString(status);
    }
  }

  private Optional<Duration> patience(Instant now) {
    return told(now)
        .map(it -> it.isNegative() ? Duration.ZERO : it)
        .map(it -> it.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : it);
  }

  private Optional<Duration> told(Instant now) {
    if (SECONDS.matcher(retryAfter).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
    try {
      Instant then =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
