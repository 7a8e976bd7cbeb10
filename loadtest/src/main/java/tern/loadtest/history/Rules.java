// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;
import java.util.Map;

/// How a conversation's rules came to be what they are, as the store itself noted: each state of
/// its settings, each ban, each block between the two of a direct one, each invitation and their
/// ends, who may watch, and when each revision was noted, in nanoseconds since the run began:
/// after its change was made, before it was committed.
public record Rules(
    List<Settings> settings,
    List<Ban> bans,
    List<Block> blocks,
    List<Invite> invites,
    Audience audience,
    Map<Long, Long> notedAt) {
  /// Of a conversation that the store does not hold.
  public static final Rules NONE =
      new Rules(List.of(), List.of(), List.of(), List.of(), Audience.NONE, Map.of());

  /// That a user was banned until a time in milliseconds since 1970, or let in again (0), when
  /// `revision` was the newest.
  public record Ban(String user, long untilMs, long revision, long at) {}

  /// That one of two blocks the other, or none does any more, when `revision` was the newest.
  public record Block(boolean stands, long revision, long at) {}
}
