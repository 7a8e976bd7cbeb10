// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.time.Instant;

/// What a device's sessions do, as far as presence can tell.
public sealed interface DeviceStanding {
  /// Presence can't be asked, or can't be believed.
  record Unknown() implements DeviceStanding {}

  /// At least one session, and the person looks.
  record Foreground() implements DeviceStanding {}

  /// Nobody looks at it, but at another device of the same user.
  record Beside() implements DeviceStanding {}

  /// Its last session in the foreground ended a moment ago: it may be back at once.
  ///
  /// @param at when the last one ended; when its node died: when the node's lease ended
  /// @param backBy when the client was told to come back, where the server closed the socket; else
  ///     the same as `at`
  record Left(Instant at, Instant backBy) implements DeviceStanding {
    /// Who was told to come back is not expected before leaving.
    public Left {
      if (backBy.isBefore(at)) {
        throw new IllegalArgumentException(
            "back by: " + backBy + " (expected: not before " + at + ")");
      }
    }
  }

  /// No session, or in the background only: nobody looks, at no device of the user, and nobody is
  /// about to come back.
  record Absent() implements DeviceStanding {}
}
