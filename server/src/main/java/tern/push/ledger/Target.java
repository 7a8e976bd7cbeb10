// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.device.Device;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.decision.PushPreference;

/// A registered device of a member, with all that the decision about a conversation's messages asks
/// of the store.
///
/// @param visibleFrom the first sequence that the member may see
/// @param joinedRevision the conversation's when they joined: what was before was not for them
/// @param read up to which sequence they have read
/// @param marks up to which sequence each device of theirs has acknowledged, in the foreground
/// @param blocked whom of the senders they block
/// @param muted whom of the senders they have muted
/// @param decided the newest of what stands in the store as decided, or held back
/// @param waiting what waits in the store, not held; looked up only of members as a whole
public record Target(
    Device device,
    ConversationId conversation,
    long visibleFrom,
    long joinedRevision,
    long read,
    PushPreference preference,
    Map<DeviceId, Long> marks,
    Set<UserId> blocked,
    Set<UserId> muted,
    List<SequenceRange> decided,
    Optional<SequenceRange> waiting) {
  /// Keeps its own copies.
  public Target {
    marks = Map.copyOf(marks);
    blocked = Set.copyOf(blocked);
    muted = Set.copyOf(muted);
    decided = List.copyOf(decided);
  }

  /// Up to which sequence the device itself has acknowledged.
  public long mark() {
    return marks.getOrDefault(device.id(), 0L);
  }

  /// Whether it stands in the store what becomes of the message.
  public boolean isDecided(long sequence) {
    return decided.stream().anyMatch(range -> range.has(sequence))
        || waiting.stream().anyMatch(range -> range.has(sequence));
  }

  /// Where what waits for it is kept.
  public PushPlace place() {
    return new PushPlace(device.user(), device.id(), conversation);
  }
}
