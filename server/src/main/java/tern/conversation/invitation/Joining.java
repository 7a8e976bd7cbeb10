// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import tern.conversation.MemberChange;
import tern.conversation.MemberChange.Refusal;
import tern.conversation.Membership;
import tern.id.ConversationId;
import tern.id.UserId;

/// Lets somebody into a group that has invited them: the same change as when they are added, in the
/// name of one who may add, in the caller's transaction. Run by the conversation's own lane of the
/// intake.
public final class Joining {
  private Joining() {}

  /// Adds the joiner, and counts the use of a token; a group that may not be joined so, any more,
  /// is NOT_FOUND.
  ///
  /// @param node this node's number, for the intake row
  public static MemberChange join(
      Connection connection, int node, ConversationId conversation, JoinWish wish)
      throws SQLException {
    hold(connection, conversation);
    if (isMember(connection, conversation, wish.joiner())) {
      return new MemberChange.Unchanged();
    }
    // What is refused is undone: a counted use, and what the refusing statement did.
    Savepoint untouched = connection.setSavepoint();
    MemberChange change = admit(connection, node, conversation, wish);
    if (change instanceof MemberChange.Refused(Refusal refusal)) {
      connection.rollback(untouched);
      // Who is banned learns no more than anybody with a wrong token.
      return new MemberChange.Refused(refusal == Refusal.BANNED ? Refusal.NOT_FOUND : refusal);
    }
    return change;
  }

  private static MemberChange admit(
      Connection connection, int node, ConversationId conversation, JoinWish wish)
      throws SQLException {
    Optional<UserId> host = host(connection, conversation);
    if (host.isEmpty() || !isOpen(connection, conversation, wish.by())) {
      return new MemberChange.Refused(Refusal.NOT_FOUND);
    }
    return Membership.change(
        connection, node, conversation, host.get(), List.of(wish.joiner()), List.of());
  }

  // Before all else, as everybody who changes it: nothing of what follows changes until the commit.
  private static void hold(Connection connection, ConversationId conversation) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select from conversation where id = ? for no key update")) {
      select.setObject(1, conversation.value());
      select.execute();
    }
  }

  private static boolean isMember(Connection connection, ConversationId conversation, UserId user)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select from member where conversation_id = ? and user_id = ? and not removed")) {
      select.setObject(1, conversation.value());
      select.setString(2, user.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static boolean isOpen(Connection connection, ConversationId conversation, JoinWish.By by)
      throws SQLException {
    return switch (by) {
      case JoinWish.By.Token(var text) -> use(connection, conversation, text);
      case JoinWish.By.Key(var text) -> {
        try (PreparedStatement select =
            connection.prepareStatement(
                "select from conversation where id = ? and key = ? and joinable_by_key")) {
          select.setObject(1, conversation.value());
          select.setString(2, text);
          try (ResultSet row = select.executeQuery()) {
            yield row.next();
          }
        }
      }
    };
  }

  private static boolean use(Connection connection, ConversationId conversation, String token)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update invitation set uses = uses + 1
            where token_hash = ? and conversation_id = ? and expires_at > clock_timestamp()
              and (max_uses = 0 or uses < max_uses)
            """)) {
      update.setBytes(1, InvitationToken.hash(token));
      update.setObject(2, conversation.value());
      return update.executeUpdate() > 0;
    }
  }

  // A group that has a member has an owner. The one who made the invitation may be gone since.
  private static Optional<UserId> host(Connection connection, ConversationId conversation)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select user_id from member
            where conversation_id = ? and role = 3 and not removed
            order by joined_revision, user_id limit 1
            """)) {
      select.setObject(1, conversation.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new UserId(row.getString(1))) : Optional.empty();
      }
    }
  }
}
