// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tern.conversation.MemberChange.Refusal;
import tern.id.ConversationId;
import tern.id.UserId;

/// Changes who is a member, and in which role; one revision a change, in one transaction. Run by
/// the conversation's own lane of the intake, so that this node announces its changes in the order
/// of their revisions.
public final class Membership {
  /// Members of a group at most.
  public static final int MAX_MEMBERS = 1_000;

  // Raised by change_members_v1, so that what it did is undone.
  private static final String TOO_MANY_MEMBERS = "TN001";

  private Membership() {}

  /// Adds and removes as `actor`; removing only oneself is leaving.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange change(
      Connection connection,
      int node,
      ConversationId id,
      UserId actor,
      Collection<UserId> add,
      Collection<UserId> remove)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from change_members_v1(?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setArray(4, connection.createArrayOf("text", add.stream().map(UserId::value).toArray()));
      call.setArray(
          5, connection.createArrayOf("text", remove.stream().map(UserId::value).toArray()));
      call.setInt(6, MAX_MEMBERS);
      try (ResultSet row = call.executeQuery()) {
        return outcome(row);
      }
    } catch (SQLException e) {
      if (TOO_MANY_MEMBERS.equals(e.getSQLState())) {
        return new MemberChange.Refused(Refusal.GROUP_FULL);
      }
      throw e;
    }
  }

  /// Gives `user` another role, as `actor`.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange setRole(
      Connection connection, int node, ConversationId id, UserId actor, UserId user, Role role)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from set_role_v1(?, ?, ?, ?, ?::smallint)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setString(4, user.value());
      call.setInt(5, role.number());
      try (ResultSet row = call.executeQuery()) {
        return outcome(row);
      }
    }
  }

  private static MemberChange outcome(ResultSet row) throws SQLException {
    row.next();
    int status = row.getInt("status");
    if (status != 0) {
      return new MemberChange.Refused(
          switch (status) {
            case 1 -> Refusal.NOT_FOUND;
            case 4 -> Refusal.NO_MEMBER;
            default -> Refusal.FORBIDDEN;
          });
    }
    long revision = row.getLong("rev");
    if (revision == 0) {
      return new MemberChange.Unchanged();
    }
    long groupNo = row.getLong("group_no");
    long sequence = row.getLong("last_seq");
    List<Member> members = new ArrayList<>();
    do {
      members.add(
          new Member(
              new UserId(row.getString("usr")),
              Role.of(row.getInt("role")),
              revision,
              row.getBoolean("removed"),
              row.getLong("visible_from")));
    } while (row.next());
    return new MemberChange.Changed(groupNo, revision, sequence, members);
  }
}
