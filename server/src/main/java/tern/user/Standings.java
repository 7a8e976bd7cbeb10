// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;
import tern.store.Database;

/// Which users may come in: deactivates, bans, and takes either back. What is said here keeps
/// tokens out at once, ends pushing to the user, and closes sessions with the next look of
/// [tern.auth.Revocations]. Each may be called twice, and returns how the user stands then. Blocks;
/// for virtual threads.
public final class Standings {
  private static final String COLUMNS =
      " deactivated_at, case when banned_until > clock_timestamp() then banned_at end banned_at,"
          + " banned_until, ban_reason ";

  private final Database database;

  /// Works on this database.
  public Standings(Database database) {
    this.database = database;
  }

  /// How the user stands now.
  public Standing of(UserId user) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select" + COLUMNS + "from user_standing where user_id = ?")) {
            select.setString(1, user.value());
            return read(select);
          }
        });
  }

  /// Keeps the user out until they are reactivated; what they wrote stays.
  public Standing deactivate(UserId user) {
    return keepOut(
        """
        insert into user_standing as s (user_id, deactivated_at, changed_at)
        values (?, clock_timestamp(), clock_timestamp())
        on conflict (user_id) do update
        set deactivated_at = coalesce(s.deactivated_at, excluded.deactivated_at),
          changed_at = excluded.changed_at
        """,
        user);
  }

  /// Lets a deactivated user in again; a ban stays.
  public Standing reactivate(UserId user) {
    return write(
        """
        insert into user_standing as s (user_id, changed_at) values (?, clock_timestamp())
        on conflict (user_id) do update
        set deactivated_at = null, changed_at = excluded.changed_at
        """,
        user);
  }

  /// Bans the user until then, for good if it is empty; takes the place of an earlier ban.
  public Standing ban(UserId user, Optional<Instant> until, String reason) {
    return keepOut(
        """
        insert into user_standing as s (user_id, banned_until, ban_reason, banned_at, changed_at)
        values (?, ?, ?, clock_timestamp(), clock_timestamp())
        on conflict (user_id) do update
        set banned_until = excluded.banned_until, ban_reason = excluded.ban_reason,
          banned_at = excluded.banned_at, changed_at = excluded.changed_at
        """,
        user,
        until.map(it -> it.atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX),
        reason);
  }

  /// Takes a ban back; a deactivation stays.
  public Standing unban(UserId user) {
    return write(
        """
        insert into user_standing as s (user_id, changed_at) values (?, clock_timestamp())
        on conflict (user_id) do update
        set banned_at = null, banned_until = null, ban_reason = '', changed_at = excluded.changed_at
        """,
        user);
  }

  // Whoever is let in again is woken once their devices have said Hello: nobody knows who has them
  // meanwhile.
  private Standing keepOut(String sql, UserId user, Object... more) {
    return database.transaction(
        connection -> {
          // First, for it waits for registrations that are just being told.
          try (PreparedStatement end =
              connection.prepareStatement("select end_registrations_v1(?, '', null)")) {
            end.setString(1, user.value());
            end.execute();
          }
          return write(connection, sql, user, more);
        });
  }

  private Standing write(String sql, UserId user) {
    return database.run(connection -> write(connection, sql, user));
  }

  private static Standing write(Connection connection, String sql, UserId user, Object... more)
      throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql + " returning" + COLUMNS)) {
      write.setString(1, user.value());
      for (int i = 0; i < more.length; i++) {
        write.setObject(i + 2, more[i]);
      }
      return read(write);
    }
  }

  private static Standing read(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Standing.GOOD;
      }
      Optional<Instant> bannedAt = at(row, "banned_at");
      Optional<Standing.Ban> ban =
          bannedAt.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Standing.Ban(
                      bannedAt.get(), at(row, "banned_until"), row.getString("ban_reason")));
      return new Standing(at(row, "deactivated_at"), ban);
    }
  }

  // Empty for infinity, too.
  private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(at)
        .filter(it -> !Objects.equals(it, OffsetDateTime.MAX))
        .map(OffsetDateTime::toInstant);
  }
}
