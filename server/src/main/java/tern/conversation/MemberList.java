// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.Map;
import tern.id.UserId;

/// Who is a member of a conversation, as of a membership revision.
///
/// @param joined the revision of each member's latest joining
public record MemberList(long membershipRevision, Map<UserId, Long> joined) {
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
