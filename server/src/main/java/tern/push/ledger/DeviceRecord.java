// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.time.Instant;
import java.util.Optional;
import tern.device.Device;

/// What became of one message on one device of a recipient.
///
/// @param device as it is registered now
/// @param outcome in the field's words, such as `accepted` or `muted`; `open`: nothing is decided
///     yet
/// @param reason the push service's own word; empty: none
/// @param at when it was decided, or, of what waits, when it is looked at again
/// @param clearedAt when the banner was taken away
/// @param receivedAt when the app told that it had come
/// @param openedAt when the app told that it was tapped
public record DeviceRecord(
    Device device,
    Outcome outcome,
    String reason,
    Optional<Instant> at,
    Optional<Instant> clearedAt,
    Optional<Instant> receivedAt,
    Optional<Instant> openedAt) {
  /// What became of it.
  public enum Outcome {
    /// The recipient sent it.
    OWN_MESSAGE,
    /// Its sender wanted no push, or the server wrote it.
    SILENT,
    /// Conversations of its kind bring none.
    KIND_HAS_NONE,
    /// The recipient blocks its sender.
    BLOCKED,
    /// The recipient has muted the conversation or its sender.
    MUTED,
    /// The recipient wants pushes about less than this.
    PREFERENCE,
    /// There was no address to push to.
    NO_REGISTRATION,
    /// The user had read it.
    READ,
    /// The device had shown that it knows of it, while the person looked.
    ACKNOWLEDGED,
    /// It was deleted before it could be pushed.
    DELETED,
    /// The push service has it.
    ACCEPTED,
    /// The push service called the registration dead.
    TOKEN_GONE,
    /// The push service would never take it.
    REFUSED,
    /// The push service could not take it until it was of no use any more.
    EXPIRED,
    /// It waits: for the device to acknowledge, for the user to read, or to be tried again.
    WAITING,
    /// It waits for the end of quiet hours.
    HELD,
    /// Nothing is decided yet.
    OPEN;

    // The first ten are Suppression's numbers, those from 20 PushEnding's.
    static Outcome of(int number) {
      return number < 20 ? values()[number - 1] : values()[number - 20 + 10];
    }
  }
}
