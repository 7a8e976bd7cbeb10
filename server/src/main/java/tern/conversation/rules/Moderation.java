// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.id.ConversationId;
import tern.id.UserId;

/// Mutes members, bans users and deletes conversations, in the caller's transaction. Run by the
/// conversation's own lane of the intake.
public final class Moderation {
  /// Users who are banned from one conversation at most, and who are muted there without being
  /// members.
  public static final int MAX_KEPT_OUT = 10_000;

  private Moderation() {}

  /// Mutes a member as `actor`, or unmutes them when there is no `until`; one revision.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange mute(
      Connection connection,
      int node,
      ConversationId id,
      UserId actor,
      UserId user,
      Optional<Instant> until)
      throws SQLException {
    return change(connection, "mute_member_v2", node, id, actor, user, until);
  }

  /// Bans a user as `actor`, or unbans them when there is no `until`; one revision if they were a
  /// member.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange ban(
      Connection connection,
      int node,
      ConversationId id,
      UserId actor,
      UserId user,
      Optional<Instant> until)
      throws SQLException {
    return change(connection, "ban_user_v2", node, id, actor, user, until);
  }

  private static MemberChange change(
      Connection connection,
      String function,
      int node,
      ConversationId id,
      UserId actor,
      UserId user,
      Optional<Instant> until)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from " + function + "(?, ?, ?, ?, ?::text::timestamptz, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setString(4, user.value());
      call.setString(5, until.map(Until::sql).orElse(null));
      call.setInt(6, MAX_KEPT_OUT);
      try (ResultSet row = call.executeQuery()) {
        return Membership.outcome(connection, id, row);
      }
    }
  }

  /// Deletes a conversation for good, as one of its owners or, without one, as the app's backend:
  /// removes all members, and erases what was said, the rest of a large one by [Eraser].
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange delete(
      Connection connection, int node, ConversationId id, Optional<UserId> actor)
      throws SQLException {
    @Nullable String owner = actor.map(UserId::value).orElse(null);
    try (PreparedStatement call =
        connection.prepareStatement("select * from delete_conversation_v1(?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, owner);
      try (ResultSet row = call.executeQuery()) {
        return Membership.outcome(connection, id, row);
      }
    }
  }
}
