// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// What one user says of another, as they were told or as the store noted it. `at` is in
/// nanoseconds since the run began.
public record Relation(String user, String other, boolean blocked, boolean muted, long at) {
  /// Whether it is of these two, in this direction.
  public boolean isOf(String one, String another) {
    return user.equals(one) && other.equals(another);
  }

  /// What stands, by its kind.
  public boolean is(Kind kind) {
    return kind == Kind.BLOCK ? blocked : muted;
  }

  /// What can be said.
  public enum Kind {
    /// Nothing may pass between the two alone.
    BLOCK,
    /// Nothing of the other's may disturb.
    MUTE
  }

  /// What somebody wants to say, or to take back.
  public record Wish(Kind kind, String other, boolean on) {}
}
