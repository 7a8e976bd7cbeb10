// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.Timestamp;
import java.time.Instant;

/// When a mute or a ban ends: a time, or [#NEVER], which the store calls infinity.
public final class Until {
  /// It does not end by itself. The highest number that every client can count to.
  public static final Instant NEVER = Instant.ofEpochMilli(9_007_199_254_740_991L);

  private Until() {}

  /// As a parameter of a statement, to be cast to `timestamptz`.
  static String sql(Instant until) {
    return until.isBefore(NEVER) ? until.toString() : "infinity";
  }

  /// Reads a column.
  public static Instant of(Timestamp column) {
    return column.getTime() < NEVER.toEpochMilli() ? column.toInstant() : NEVER;
  }
}
