// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known of a run's pushes: what phones did, what the store holds of the messages that they
/// wrote, what reached the push services, and what nobody had seen to at the end.
///
/// @param members of each conversation, the same all the time
/// @param arrived in the order of arrival
/// @param unsettled what the store still has to settle some time after the end
public record PushHistory(
    PushTimes times,
    List<PhoneLog> phones,
    Map<String, Set<String>> members,
    List<Kept> messages,
    List<Arrived> arrived,
    long unsettled) {

  /// Of a run without pushes.
  public static final PushHistory NONE =
      new PushHistory(
          new PushTimes(
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO),
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          0);

  /// A message in the store.
  ///
  /// @param at when it was stored, in nanoseconds since the run began
  public record Kept(
      long at, String conversation, long sequence, String sender, String clientMessageId) {}

  /// A push that a push service has taken; it answers a while later.
  ///
  /// @param at when it came, in nanoseconds since the run began
  /// @param address whom it is for: the service and what it knows the device by
  /// @param conversation what it is about; empty: several
  /// @param sequence the newest message's that it tells of
  /// @param clears whether it takes a banner away, and shows none
  public record Arrived(
      long at, String address, String conversation, long sequence, boolean clears) {}
}
