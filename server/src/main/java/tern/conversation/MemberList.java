// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.Map;
import tern.id.UserId;

/// Who is a member of a conversation, as of a membership revision.
///
/// @param joined each member's latest joining
public record MemberList(long membershipRevision, Map<UserId, Joining> joined) {
  /// How somebody became a member.
  ///
  /// @param revision the revision that it took
  /// @param visibleFrom the first sequence that this member may see
  public record Joining(long revision, long visibleFrom) {}

  /// Keeps its own copy.
  public MemberList {
    joined = Map.copyOf(joined);
  }

  /// Whether the user is a member.
  public boolean has(UserId user) {
    return joined.containsKey(user);
  }

  /// How many there are.
  public int size() {
    return joined.size();
  }
}
