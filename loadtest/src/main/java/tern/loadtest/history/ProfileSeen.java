// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.Map;

/// How a user is shown, as somebody was told or as the store noted it: by the names of the
/// profile's parts. Changed and noted at times in milliseconds since 1970 and in nanoseconds since
/// the run began.
public record ProfileSeen(String user, Map<String, String> parts, long changedAtMs, long at) {
  /// Keeps its own copy.
  public ProfileSeen {
    parts = Map.copyOf(parts);
  }

  /// Whether both show the user alike, of the same change.
  public boolean sameAs(ProfileSeen other) {
    return user.equals(other.user) && parts.equals(other.parts) && changedAtMs == other.changedAtMs;
  }
}
