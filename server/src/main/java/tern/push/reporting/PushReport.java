// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.reporting;

import java.time.Instant;
import tern.push.ledger.PushPlace;

/// What a device tells of a push.
///
/// @param place where it says that it was shown
/// @param sequence of the newest message that the push told of, 1 or more
/// @param at when the device told it
public record PushReport(PushPlace place, long sequence, Event event, Instant at) {
  /// Refuses what no push is about.
  public PushReport {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence: " + sequence + " (expected: 1 or more)");
    }
  }

  /// What became of the push.
  public enum Event {
    /// It came.
    RECEIVED(1),
    /// It was tapped.
    OPENED(2);

    private final int number;

    Event(int number) {
      this.number = number;
    }

    /// The number for the store.
    int number() {
      return number;
    }
  }
}
