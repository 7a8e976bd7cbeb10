// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.time.Instant;
import java.util.Optional;
import tern.id.UserId;

/// A user as one watcher may see them.
///
/// @param awaySince empty while online, and where it is not known, or not to be known
public record PresenceView(UserId user, boolean online, Optional<Instant> awaySince) {
  /// What is told of all whom the watcher may not see, whatever the reason.
  static PresenceView hidden(UserId user) {
    return new PresenceView(user, false, Optional.empty());
  }
}
