// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.PushLevel;
import tern.id.QuietHours;
import tern.id.UserId;
import tern.store.Database;

/// What users have chosen for themselves: their preferences, and until when a conversation shall
/// bring no push. Blocks; for virtual threads.
public final class Choices {
  private static final String COLUMNS =
      """
      p.presence_visibility, p.invisible, coalesce(p.push_level, 1) push_level, p.quiet_from,
      p.quiet_to, p.quiet_zone, p.mentions_pass, p.urgent_passes
      """;
  private static final String PREFER =
      """
      with g as (
        select ?::text user_id, ?::smallint visibility, ?::boolean invisible, ?::smallint level,
          ?::boolean sets_quiet, ?::time quiet_from, ?::time quiet_to, ?::text quiet_zone,
          ?::boolean mentions, ?::boolean urgent)
      insert into preference as p
        (user_id, presence_visibility, invisible, push_level, quiet_from, quiet_to, quiet_zone,
          mentions_pass, urgent_passes)
      select user_id, coalesce(visibility, 1), coalesce(invisible, false), level, quiet_from,
        quiet_to, quiet_zone, coalesce(mentions, true), coalesce(urgent, true) from g
      on conflict (user_id) do update set
        (presence_visibility, invisible, push_level, quiet_from, quiet_to, quiet_zone,
          mentions_pass, urgent_passes) =
        (select coalesce(g.visibility, p.presence_visibility), coalesce(g.invisible, p.invisible),
          coalesce(g.level, p.push_level),
          case when g.sets_quiet then g.quiet_from else p.quiet_from end,
          case when g.sets_quiet then g.quiet_to else p.quiet_to end,
          case when g.sets_quiet then g.quiet_zone else p.quiet_zone end,
          coalesce(g.mentions, p.mentions_pass), coalesce(g.urgent, p.urgent_passes) from g)
      returning
      """
          + COLUMNS;

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
        connection.prepareStatement("select " + COLUMNS + " from preference p where user_id = ?")) {
      select.setString(1, user.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? read(row) : Preferences.DEFAULT;
      }
    }
  }

  /// Changes a user's preferences. Returns them as they stand then.
  public Preferences prefer(UserId user, PreferencesChange change) {
    return database.run(
        connection -> {
          try (PreparedStatement upsert = connection.prepareStatement(PREFER)) {
            upsert.setString(1, user.value());
            fill(upsert, change);
            try (ResultSet row = upsert.executeQuery()) {
              row.next();
              return read(row);
            }
          }
        });
  }

  private static void fill(PreparedStatement upsert, PreferencesChange it) throws SQLException {
    Optional<QuietHours> quiet = it.quietHours();
    upsert.setObject(2, it.presenceVisibility().map(PresenceVisibility::number).orElse(null));
    upsert.setObject(3, it.invisible().orElse(null));
    upsert.setObject(4, it.pushLevel().map(PushLevel::number).orElse(null));
    upsert.setBoolean(5, it.setsQuietHours());
    upsert.setObject(6, quiet.map(QuietHours::from).orElse(null));
    upsert.setObject(7, quiet.map(QuietHours::to).orElse(null));
    upsert.setString(8, quiet.map(hours -> hours.zone().getId()).orElse(null));
    upsert.setObject(9, it.mentionsPass().orElse(null));
    upsert.setObject(10, it.urgentPasses().orElse(null));
  }

  private static Preferences read(ResultSet row) throws SQLException {
    return new Preferences(
        PresenceVisibility.of(row.getInt("presence_visibility")),
        row.getBoolean("invisible"),
        PushLevel.of(row.getInt("push_level")),
        quietHours(row),
        row.getBoolean("mentions_pass"),
        row.getBoolean("urgent_passes"));
  }

  private static Optional<QuietHours> quietHours(ResultSet row) throws SQLException {
    @Nullable String zone = row.getString("quiet_zone");
    return zone == null
        ? Optional.empty()
        : Optional.of(
            new QuietHours(
                row.getObject("quiet_from", LocalTime.class),
                row.getObject("quiet_to", LocalTime.class),
                ZoneId.of(zone)));
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
