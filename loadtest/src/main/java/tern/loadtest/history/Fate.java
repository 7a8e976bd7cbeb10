// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// What has become of a message since it was sent: times in milliseconds since 1970, 0 for never.
/// `own` are the reactions of whoever it was shown to; empty where nobody told.
public record Fate(
    long editedAtMs,
    long deletedAtMs,
    String deletedBy,
    long pinnedAtMs,
    List<Reactors> reactions,
    List<String> own) {

  /// Of a message that is as it was sent.
  public static final Fate NONE = new Fate(0, 0, "", 0, List.of(), List.of());

  /// How many reacted in one way, and who: of what was shown the first ten, of what the store
  /// keeps all.
  public record Reactors(String reaction, int count, List<String> users) {}

  /// The same with other reactions.
  public Fate withReactions(List<Reactors> others, List<String> othersOwn) {
    return new Fate(editedAtMs, deletedAtMs, deletedBy, pinnedAtMs, others, othersOwn);
  }

  /// Whether both were edited, deleted and pinned alike; looks at no reaction.
  public boolean sameButReactions(Fate other) {
    return withReactions(List.of(), List.of()).equals(other.withReactions(List.of(), List.of()));
  }
}
