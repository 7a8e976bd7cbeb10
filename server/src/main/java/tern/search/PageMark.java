// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tern.id.ConversationId;

/// The last hit of a page, below which the next one begins; a text of its own form for clients.
public record PageMark(Instant createdAt, ConversationId conversation, long sequence) {
  private static final int PARTS = 3;
  // The year 9999: what the store can hold.
  private static final long LATEST_MICROS = 253_370_764_800_000_000L;

  /// Reads [#text]; throws `IllegalArgumentException` for what is none.
  public static PageMark parse(String text) {
    String[] parts = text.split("~", -1);
    try {
      long micros = Long.parseLong(parts[0]);
      if (parts.length == PARTS && micros >= 0 && micros <= LATEST_MICROS) {
        return new PageMark(
            Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
            ConversationId.parse(parts[1]),
            Long.parseLong(parts[2]));
      }
    } catch (IllegalArgumentException _) {
      // Answered below, like whatever else it is.
    }
    throw new IllegalArgumentException("page: no such form (expected: a nextPage that Tern gave)");
  }

  /// As clients keep it.
  public String text() {
    return String.join(
        "~",
        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt)),
        conversation.toString(),
        Long.toString(sequence));
  }
}
