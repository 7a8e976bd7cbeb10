// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// What users have chosen for themselves: their preferences, and until when a conversation shall
/// bring no push. Blocks; for virtual threads.
public final class Choices {
  private final Database database;

  /// Works on this database.
  public Choices(Database database) {
    this.database = database;
  }

  /// A user's preferences.
  public Preferences preferences(UserId user) {
    return database.run(connection -> read(connection, user));
  }

  private static Preferences read(Connection connection, UserId user) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select presence_visibility, invisible from preference where user_id = ?")) {
      select.setString(1, user.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Preferences(PresenceVisibility.of(row.getInt(1)), row.getBoolean(2))
            : Preferences.DEFAULT;
      }
    }
  }

  /// Changes a user's preferences; what is empty stays as it is. Returns them as they stand then.
  public Preferences prefer(
      UserId user, Optional<PresenceVisibility> visibility, Optional<Boolean> invisible) {
    return database.run(
        connection -> {
          try (PreparedStatement upsert =
              connection.prepareStatement(
                  """
                  with g as (select ?::text user_id, ?::smallint visibility, ?::boolean invisible)
                  insert into preference as p (user_id, presence_visibility, invisible)
                  select user_id, coalesce(visibility, 1), coalesce(invisible, false) from g
                  on conflict (user_id) do update set
                    presence_visibility =
                      coalesce((select visibility from g), p.presence_visibility),
                    invisible = coalesce((select invisible from g), p.invisible)
                  returning presence_visibility, invisible
                  """)) {
            upsert.setString(1, user.value());
            upsert.setObject(2, visibility.map(PresenceVisibility::number).orElse(null));
            upsert.setObject(3, invisible.orElse(null));
            try (ResultSet row = upsert.executeQuery()) {
              row.next();
              return new Preferences(PresenceVisibility.of(row.getInt(1)), row.getBoolean(2));
            }
          }
        });
  }

  /// Wants no push from the conversation until then; empty takes that back. Returns false when the
  /// user is no member.
  public boolean mute(UserId user, ConversationId conversation, Optional<Instant> until) {
    return database.run(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  """
                  update member set quiet_until = ?::timestamptz, changed_at = t,
                    changed_bucket = floor(extract(epoch from t) / 600)
                  from clock_timestamp() t
                  where conversation_id = ? and user_id = ? and not removed
                  """)) {
            @Nullable Object at = until.map(it -> it.atOffset(ZoneOffset.UTC)).orElse(null);
            update.setObject(1, at);
            update.setObject(2, conversation.value());
            update.setString(3, user.value());
            return update.executeUpdate() == 1;
          }
        });
  }
}
