// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

/// What a user has chosen.
///
/// @param invisible whether they look away to all others just now
public record Preferences(PresenceVisibility presenceVisibility, boolean invisible) {
  /// Of whoever has chosen nothing.
  public static final Preferences DEFAULT = new Preferences(PresenceVisibility.EVERYBODY, false);
}
