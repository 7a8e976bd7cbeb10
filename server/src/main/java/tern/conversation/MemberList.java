// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.time.Instant;
import java.util.Map;
import tern.id.UserId;

/// Who is a member of a conversation, as of a membership revision.
///
/// @param joined each member's latest joining
/// @param leading of those who are more than members, in which role
/// @param mutedUntil of those who may not post for a while, until when; may be past
public record MemberList(
    long membershipRevision,
    Map<UserId, Joining> joined,
    Map<UserId, Role> leading,
    Map<UserId, Instant> mutedUntil) {
  /// How somebody became a member.
  ///
  /// @param revision the revision that it took
  /// @param visibleFrom the first sequence that this member may see
  public record Joining(long revision, long visibleFrom) {}

  /// Nobody is a member.
  public static MemberList empty(long membershipRevision) {
    return new MemberList(membershipRevision, Map.of(), Map.of(), Map.of());
  }

  /// Keeps its own copy.
  public MemberList {
    joined = Map.copyOf(joined);
    leading = Map.copyOf(leading);
    mutedUntil = Map.copyOf(mutedUntil);
  }

  /// Whether the member may not post now.
  public boolean isMuted(UserId user, Instant now) {
    return mutedUntil.getOrDefault(user, Instant.MIN).isAfter(now);
  }

  /// The role of a member.
  public Role role(UserId member) {
    return leading.getOrDefault(member, Role.MEMBER);
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
