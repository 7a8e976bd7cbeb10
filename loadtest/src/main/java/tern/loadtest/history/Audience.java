// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// Who may watch a conversation without being its member, as the store itself noted.
///
/// @param grant with [Access#GRANT], the name that access tokens must hold
/// @param listings with [Access#LIST], each coming onto the list and each going off it, in order
public record Audience(Access access, String grant, List<Listing> listings) {
  /// Of a conversation that is not OPEN.
  public static final Audience NONE = new Audience(Access.NOBODY, "", List.of());

  /// Whom the conversation lets watch.
  public enum Access {
    /// It is not OPEN.
    NOBODY,
    /// Every user.
    PUBLIC,
    /// Whose access token names its grant.
    GRANT,
    /// Who stands on its list.
    LIST
  }

  /// That a user was put on the list, or taken off it, at a time in nanoseconds since the run
  /// began.
  public record Listing(String user, boolean listed, long at) {}

  /// Whether anybody watches it at all.
  public boolean isOpen() {
    return access != Access.NOBODY;
  }
}
