// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Instant;
import java.util.Optional;
import tern.id.PushLevel;
import tern.id.QuietHours;

/// Which pushes a recipient wants from a conversation.
///
/// @param mutedUntil none until then; [Instant#MIN] when nothing is muted
/// @param quietHours when pushes are to wait; empty: never
/// @param mentionsPass whether a mention passes mutes and quiet hours
/// @param urgentPasses whether an urgent message passes both, and [PushLevel#MENTIONS]
public record PushPreference(
    PushLevel level,
    Instant mutedUntil,
    Optional<QuietHours> quietHours,
    boolean mentionsPass,
    boolean urgentPasses) {
  /// Of whoever has chosen nothing.
  public static final PushPreference DEFAULT =
      new PushPreference(PushLevel.ALL, Instant.MIN, Optional.empty(), true, true);

  /// Whether the conversation is muted then.
  boolean isMuted(Instant now) {
    return now.isBefore(mutedUntil);
  }

  /// Whether mutes and quiet hours do not hold the message up.
  boolean letsPass(PushMessage message) {
    return (mentionsPass && message.mentions()) || (urgentPasses && message.isUrgent());
  }

  /// Whether it is a message of those that are wanted.
  boolean wants(PushMessage message) {
    return switch (level) {
      case ALL -> true;
      case MENTIONS -> message.mentions() || (urgentPasses && message.isUrgent());
      case NONE -> false;
    };
  }
}
