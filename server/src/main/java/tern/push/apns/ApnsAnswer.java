// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tern.push.PushOutcome;

/// What becomes of a push by what Apple answered. See "Handling notification responses from APNs"
/// in Apple's UserNotifications documentation.
final class ApnsAnswer {
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  // Never a token of that app; a registration from the other environment, too.
  private static final String BAD_TOKEN = "BadDeviceToken";

  // About us and not about the push: good again as soon as somebody has mended our settings or has
  // changed something at Apple. Until then pushes wait, as long as they are of use.
  private static final Set<String> OUR_CREDENTIALS =
      Set.of(
          "BadCertificate",
          "BadCertificateEnvironment",
          "ExpiredProviderToken",
          "Forbidden",
          "InvalidProviderToken",
          "MissingProviderToken",
          "BadEnvironmentKeyIdInToken",
          "UnrelatedKeyIdInToken",
          "IdleTimeout");

  private ApnsAnswer() {}

  /// @param sentAt when a registration is dead at the latest, where Apple does not say since when
  static PushOutcome outcome(PushNotificationResponse<?> response, Instant sentAt) {
    if (response.isAccepted()) {
      return new PushOutcome.Accepted();
    }
    int status = response.getStatusCode();
    String reason = response.getRejectionReason().orElse("status " + status);
    if (status == GONE || reason.equals(BAD_TOKEN)) {
      return new PushOutcome.TokenGone(response.getTokenInvalidationTimestamp().orElse(sentAt));
    }
    if (status == TOO_MANY || status >= SERVER_ERRORS || OUR_CREDENTIALS.contains(reason)) {
      return new PushOutcome.Failed(reason, Optional.empty());
    }
    return new PushOutcome.Refused(reason);
  }

  /// Without an answer: told by the failure's kind alone, for its words may quote what was sent.
  static PushOutcome none(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new PushOutcome.Failed(
        cause == null ? "nothing" : cause.getClass().getSimpleName(), Optional.empty());
  }
}
