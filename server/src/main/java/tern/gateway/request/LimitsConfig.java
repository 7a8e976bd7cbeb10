// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.time.Duration;
import tern.retention.RetentionConfig;

/// What one user may ask for, and one address, and for how long what was said is kept.
///
/// @param messagesPerSecond that a user may send in the long run, 1 to 1,000,000
/// @param messagesBurst that a user may send at once, 1 to 1,000,000
/// @param contentBytes of one message's content, encoded, 256 to 1,048,576
/// @param metadataBytes of one message's metadata, 0 to 65,536
/// @param requestsInFlight of one session, 1 to 10,000; of all sessions of a user, four times as
///     many
/// @param editWindow how long after it was sent a message may be edited, 0 s (never) to 36,500 days
/// @param failedHellosPerMinute refused tokens of one address, 1 to 1,000,000; beyond it the
///     address must wait
/// @param failedJoinsPerMinute wishes to join of one user that named nothing, 1 to 1,000,000;
///     beyond it the user waits for the minute's end
/// @param failedJoinsOfAddressPerMinute the same of one address, whoever the users are, 1 to
///     1,000,000
/// @param tokenLifetime of access tokens that are issued over REST, at most; 1 minute to 365 days
/// @param rates of what is asked over REST
/// @param retention of messages
public record LimitsConfig(
    int messagesPerSecond,
    int messagesBurst,
    int contentBytes,
    int metadataBytes,
    int requestsInFlight,
    Duration editWindow,
    int failedHellosPerMinute,
    int failedJoinsPerMinute,
    int failedJoinsOfAddressPerMinute,
    Duration tokenLifetime,
    RatesConfig rates,
    RetentionConfig retention) {
  private static final int MILLION = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /// Refuses nonsense.
  public LimitsConfig {
    check("messages_per_second", messagesPerSecond, 1, MILLION);
    check("messages_burst", messagesBurst, 1, MILLION);
    check("content_bytes", contentBytes, 256, 1024 * 1024);
    check("metadata_bytes", metadataBytes, 0, 64 * 1024);
    check("requests_in_flight", requestsInFlight, 1, 10_000);
    if (editWindow.isNegative() || editWindow.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "limits.edit_window: " + editWindow + " (expected: 0s to 876000h)");
    }
    check("failed_hellos_per_minute", failedHellosPerMinute, 1, MILLION);
    check("failed_joins_per_minute", failedJoinsPerMinute, 1, MILLION);
    check("failed_joins_of_address_per_minute", failedJoinsOfAddressPerMinute, 1, MILLION);
    if (tokenLifetime.toSeconds() < 60 || tokenLifetime.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          "limits.token_lifetime: " + tokenLifetime + " (expected: 1m to 8760h)");
    }
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "limits." + name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
