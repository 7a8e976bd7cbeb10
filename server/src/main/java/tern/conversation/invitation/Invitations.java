// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tern.conversation.invitation.InvitationResult.Refusal;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Makes, lists and ends the invitations of groups, and finds what one may join. Blocks; for
/// virtual threads.
public final class Invitations {
  private static final int MAX_OF_A_GROUP = 50;

  private static final String IS_GOOD =
      "i.expires_at > clock_timestamp() and (i.max_uses = 0 or i.uses < i.max_uses)";

  private final Database database;

  /// Works on this database.
  public Invitations(Database database) {
    this.database = database;
  }

  /// Makes one, as `actor`; `maxUses` 0: any number.
  public InvitationResult<Invitation.Fresh> create(
      ConversationId conversation, UserId actor, Duration lifetime, int maxUses) {
    UUID id = UUID.randomUUID();
    String token = InvitationToken.fresh();
    return database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement(
                  "select * from create_invitation_v1(?, ?, ?, ?, make_interval(secs => ?), ?,"
                      + " ?)")) {
            call.setObject(1, conversation.value());
            call.setString(2, actor.value());
            call.setObject(3, id);
            call.setBytes(4, InvitationToken.hash(token));
            call.setDouble(5, lifetime.toMillis() / 1_000.0);
            call.setInt(6, maxUses);
            call.setInt(7, MAX_OF_A_GROUP);
            try (ResultSet row = call.executeQuery()) {
              row.next();
              return switch (row.getInt("status")) {
                case 0 ->
                    new InvitationResult.Done<>(
                        new Invitation.Fresh(
                            new Invitation(
                                id,
                                conversation,
                                actor,
                                row.getTimestamp("created_at").toInstant(),
                                row.getTimestamp("expires_at").toInstant(),
                                maxUses,
                                0),
                            token));
                case 1 -> new InvitationResult.Refused<>(Refusal.NOT_FOUND);
                case 2 -> new InvitationResult.Refused<>(Refusal.FORBIDDEN);
                default -> new InvitationResult.Refused<>(Refusal.LIMIT_REACHED);
              };
            }
          }
        });
  }

  /// Ends one, as `actor`; answers whether it stood until now.
  public InvitationResult<Boolean> revoke(ConversationId conversation, UserId actor, UUID id) {
    return database.transaction(
        connection -> {
          Optional<Refusal> refusal = refusal(connection, conversation, actor);
          if (refusal.isPresent()) {
            return new InvitationResult.Refused<>(refusal.get());
          }
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "delete from invitation where id = ? and conversation_id = ?")) {
            delete.setObject(1, id);
            delete.setObject(2, conversation.value());
            return new InvitationResult.Done<>(delete.executeUpdate() > 0);
          }
        });
  }

  /// Lists those that are still good, the newest first, as `actor`.
  public InvitationResult<List<Invitation>> list(ConversationId conversation, UserId actor) {
    return database.snapshot(
        connection -> {
          Optional<Refusal> refusal = refusal(connection, conversation, actor);
          if (refusal.isPresent()) {
            return new InvitationResult.Refused<>(refusal.get());
          }
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select * from invitation i where i.conversation_id = ? and "
                      + IS_GOOD
                      + " order by i.created_at desc, i.id")) {
            select.setObject(1, conversation.value());
            try (ResultSet row = select.executeQuery()) {
              return new InvitationResult.Done<>(invitations(row));
            }
          }
        });
  }

  private static List<Invitation> invitations(ResultSet row) throws SQLException {
    List<Invitation> found = new ArrayList<>();
    while (row.next()) {
      found.add(
          new Invitation(
              row.getObject("id", UUID.class),
              new ConversationId(row.getObject("conversation_id", UUID.class)),
              new UserId(row.getString("created_by")),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("expires_at").toInstant(),
              row.getInt("max_uses"),
              row.getInt("uses")));
    }
    return found;
  }

  // Empty: the actor may.
  private static Optional<Refusal> refusal(
      Connection connection, ConversationId conversation, UserId actor) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.kind = 2 and m.role >= 2 from conversation c
            join member m on m.conversation_id = c.id and m.user_id = ? and not m.removed
            where c.id = ?
            """)) {
      select.setString(1, actor.value());
      select.setObject(2, conversation.value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.of(Refusal.NOT_FOUND);
        }
        return row.getBoolean(1) ? Optional.empty() : Optional.of(Refusal.FORBIDDEN);
      }
    }
  }

  /// The group that the wish names, if it may be joined so, or was. One look-up for whatever is
  /// wrong with a token or key: its answer takes as long for all.
  public Optional<ConversationId> find(JoinWish wish) {
    String isMember =
        "exists (select from member m where m.conversation_id = c.id and m.user_id = ?"
            + " and not m.removed)";
    return switch (wish.by()) {
      case JoinWish.By.Token(var text) ->
          find(
              "select c.id from invitation i join conversation c on c.id = i.conversation_id"
                  + " where i.token_hash = ? and (("
                  + IS_GOOD
                  + ") or "
                  + isMember
                  + ")",
              InvitationToken.hash(text),
              wish.joiner());
      case JoinWish.By.Key(var text) ->
          find(
              "select c.id from conversation_key k join conversation c on c.id = k.conversation_id"
                  + " where k.key = ? and c.kind = 2 and (c.joinable_by_key or "
                  + isMember
                  + ") and (k.owner = '' or not exists (select from conversation_key a"
                  + " where a.key = k.key and a.owner = '')) order by c.created_at, c.id limit 1",
              text,
              wish.joiner());
    };
  }

  private Optional<ConversationId> find(String sql, Object known, UserId joiner) {
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, known);
            select.setString(2, joiner.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new ConversationId(row.getObject(1, UUID.class)))
                  : Optional.empty();
            }
          }
        });
  }
}
