// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

/// How often something may be asked over REST; each pair is the long run, and at once, from 1 to
/// 1,000,000.
///
/// @param readsPerSecond of one user's own access tokens, marking as read among them
/// @param keyReadsPerSecond of one API key, whoever it acts for
/// @param keyMessagesPerSecond of one API key, whoever it acts for: messages, and whatever else
///     others hear of
public record RatesConfig(
    int readsPerSecond,
    int readsBurst,
    int keyReadsPerSecond,
    int keyReadsBurst,
    int keyMessagesPerSecond,
    int keyMessagesBurst) {
  private static final int MILLION = 1_000_000;

  /// Refuses nonsense.
  public RatesConfig {
    check("reads_per_second", readsPerSecond);
    check("reads_burst", readsBurst);
    check("key_reads_per_second", keyReadsPerSecond);
    check("key_reads_burst", keyReadsBurst);
    check("key_messages_per_second", keyMessagesPerSecond);
    check("key_messages_burst", keyMessagesBurst);
  }

  private static void check(String name, int value) {
    if (value < 1 || value > MILLION) {
      throw new IllegalArgumentException(
          "limits.rates." + name + ": " + value + " (expected: 1 to " + MILLION + ")");
    }
  }
}
