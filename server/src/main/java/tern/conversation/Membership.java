// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tern.conversation.MemberChange.Refusal;
import tern.id.ConversationId;
import tern.id.UserId;

/// Changes who is a member, and in which role; one revision a change, in the caller's transaction.
/// Run by the conversation's own lane of the intake, so that this node announces its changes in the
/// order of their revisions.
public final class Membership {
  /// Members of a group at most.
  public static final int MAX_MEMBERS = 1_000;

  private Membership() {}

  /// Whether `actor` may have a say in a conversation: is its member, or the business. Holds and
  /// writes nothing, so that whoever may not is refused as fast as by a conversation that is none,
  /// and holds up nobody.
  public static boolean isActing(Connection connection, ConversationId id, UserId actor)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select acting_role_v1(?, ?) is not null")) {
      select.setObject(1, id.value());
      select.setString(2, actor.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /// Adds and removes as `actor`; removing only oneself is leaving. Adds those too who block the
  /// actor: they may have asked for it.
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
        return outcome(connection, id, row);
      }
    }
  }

  /// Adds as `actor`; nobody who blocks them. Rights come first: so nobody learns of a block where
  /// they could add nobody, nor of one of somebody who is a member already.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange add(
      Connection connection, int node, ConversationId id, UserId actor, Collection<UserId> users)
      throws SQLException {
    Savepoint untouched = connection.setSavepoint();
    MemberChange change = change(connection, node, id, actor, users, List.of());
    if (change instanceof MemberChange.Changed changed
        && !Consent.isGiven(
            connection, actor, changed.members().stream().map(Member::user).toList())) {
      connection.rollback(untouched);
      return new MemberChange.Refused(Refusal.FORBIDDEN);
    }
    return change;
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
        return outcome(connection, id, row);
      }
    }
  }

  /// What a statement that answers like `change_members_v1` has changed; in its transaction.
  public static MemberChange outcome(Connection connection, ConversationId id, ResultSet row)
      throws SQLException {
    row.next();
    int status = row.getInt("status");
    if (status != 0) {
      return new MemberChange.Refused(
          switch (status) {
            case 1 -> Refusal.NOT_FOUND;
            case 3 -> Refusal.GROUP_FULL;
            case 4 -> Refusal.NO_MEMBER;
            case 5 -> Refusal.BANNED;
            case 6 -> Refusal.LIMIT_REACHED;
            default -> Refusal.FORBIDDEN;
          });
    }
    long revision = row.getLong("rev");
    return revision == 0
        ? new MemberChange.Unchanged()
        : new MemberChange.Changed(
            row.getLong("group_no"),
            revision,
            row.getLong("last_seq"),
            changedAt(connection, id, revision));
  }

  /// Those whose membership a revision changed last.
  public static List<Member> changedAt(Connection connection, ConversationId id, long revision)
      throws SQLException {
    List<Member> members = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Member.COLUMNS
                + " from member m where m.conversation_id = ? and m.revision = ? order by m.user_id")) {
      select.setObject(1, id.value());
      select.setLong(2, revision);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          members.add(Member.read(row));
        }
      }
    }
    return members;
  }
}
