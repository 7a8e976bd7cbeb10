// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.time.Instant;
import java.util.Optional;

/// What the app's backend has said of a user: whether they may come in.
///
/// @param deactivatedAt since when they are deactivated, if they are
/// @param ban the ban that holds now, if any
public record Standing(Optional<Instant> deactivatedAt, Optional<Ban> ban) {
  /// Of whom nothing has been said.
  public static final Standing GOOD = new Standing(Optional.empty(), Optional.empty());

  /// Keeps a user out of the whole app.
  ///
  /// @param until its end; empty: for good
  /// @param reason for the app's people, at most 1,000 characters
  public record Ban(Instant at, Optional<Instant> until, String reason) {}
}
