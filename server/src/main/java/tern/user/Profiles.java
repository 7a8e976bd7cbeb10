// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// The users' profiles. Blocks; for virtual threads.
public final class Profiles {
  private static final String WATCHING =
      """
      with room as materialized (
        select c.id from conversation c where c.id = ? and may_watch_v1(c, ?, ?)),
      asked as (
        select q.*, q.user_id in (?, 'business') or co_member_v1(?, q.user_id) entirely
        from profile q where q.user_id = any(?))
      select p.user_id, p.name, p.image_url,
        case when entirely then p.locale else '' end locale,
        case when entirely then p.time_zone else '' end time_zone,
        case when entirely then p.metadata else '{}' end metadata, p.changed_at
      from asked p
      where entirely or exists (select from room where speaks_v1(room.id, p.user_id))
      order by p.user_id
      """;

  private final Database database;

  /// Works on this database.
  public Profiles(Database database) {
    this.database = database;
  }

  /// A profile as it stands after a change.
  ///
  /// @param created whether there was none before
  public record Changed(Profile profile, boolean created) {}

  /// Changes the user's profile; makes it if there is none.
  public Changed change(UserId user, ProfileChange wanted) {
    return database.run(connection -> change(connection, user, wanted));
  }

  private static Changed change(Connection connection, UserId user, ProfileChange wanted)
      throws SQLException {
    // xmax is 0 in a row that is new.
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            with g as (
              select ?::text user_id, ?::text name, ?::text image_url, ?::text locale,
                ?::text time_zone, ?::text[] metadata)
            insert into profile as p
              (user_id, name, image_url, locale, time_zone, metadata, changed_at)
            select user_id, coalesce(name, ''), coalesce(image_url, ''), coalesce(locale, ''),
              coalesce(time_zone, ''), coalesce(metadata, '{}'), clock_timestamp() from g
            on conflict (user_id) do update set
              name = coalesce((select name from g), p.name),
              image_url = coalesce((select image_url from g), p.image_url),
              locale = coalesce((select locale from g), p.locale),
              time_zone = coalesce((select time_zone from g), p.time_zone),
              metadata = coalesce((select metadata from g), p.metadata),
              changed_at = excluded.changed_at
            returning %s, p.xmax = 0 as created
            """
                .formatted(Profile.COLUMNS))) {
      upsert.setString(1, user.value());
      upsert.setString(2, wanted.name().orElse(null));
      upsert.setString(3, wanted.imageUrl().orElse(null));
      upsert.setString(4, wanted.locale().orElse(null));
      upsert.setString(5, wanted.timeZone().orElse(null));
      upsert.setArray(6, metadata(connection, wanted.metadata()));
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        return new Changed(Profile.read(row), row.getBoolean("created"));
      }
    }
  }

  // In the order of its keys, so that the same metadata is the same array.
  private static @Nullable Array metadata(
      Connection connection, Optional<Map<String, String>> metadata) throws SQLException {
    if (metadata.isEmpty()) {
      return null;
    }
    Object[] entries =
        new TreeMap<>(metadata.get())
            .entrySet().stream().flatMap(it -> Stream.of(it.getKey(), it.getValue())).toArray();
    return connection.createArrayOf("text", entries);
  }

  /// The profile of a user, for the backend, which may see all.
  public Optional<Profile> read(UserId user) {
    return read(
            "select " + Profile.COLUMNS + " from profile p where p.user_id = any(?)", List.of(user))
        .stream()
        .findFirst();
  }

  /// Those of these profiles that the asker may see: their own, and those of users with whom they
  /// share a conversation. By id; each once.
  public List<Profile> read(UserId asker, Collection<UserId> users) {
    return read(
        """
        select %s from profile p
        where p.user_id = any(?) and (p.user_id in (?, 'business') or co_member_v1(?, p.user_id))
        order by p.user_id
        """
            .formatted(Profile.COLUMNS),
        users,
        asker.value(),
        asker.value());
  }

  private List<Profile> read(String sql, Collection<UserId> users, String... more) {
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, texts(connection, users));
            for (int i = 0; i < more.length; i++) {
              select.setString(i + 2, more[i]);
            }
            return found(select);
          }
        });
  }

  private static List<Profile> found(PreparedStatement select) throws SQLException {
    List<Profile> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(Profile.read(row));
      }
    }
    return found;
  }

  /// Likewise, and of those who speak in an OPEN conversation that the asker may watch, name and
  /// image alone. Of a conversation that they may not watch nobody is seen to speak. By id.
  ///
  /// Asks once whether the asker may watch, and looks up two rows by primary key for each user.
  ///
  /// @param grants what the asker's access token lets them watch
  public List<Profile> readWatching(
      ConversationId watched, UserId asker, Set<String> grants, Collection<UserId> users) {
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(WATCHING)) {
            select.setObject(1, watched.value());
            select.setString(2, asker.value());
            select.setArray(3, connection.createArrayOf("text", grants.toArray()));
            select.setString(4, asker.value());
            select.setString(5, asker.value());
            select.setArray(6, texts(connection, users));
            return found(select);
          }
        });
  }

  /// Those of `others` who share a conversation with the user.
  public Set<UserId> coMembers(UserId user, Collection<UserId> others) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select u from unnest(?::text[]) u where co_member_v1(?, u)")) {
            select.setArray(1, texts(connection, others));
            select.setString(2, user.value());
            Set<UserId> found = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(new UserId(row.getString(1)));
              }
            }
            return found;
          }
        });
  }

  private static Array texts(Connection connection, Collection<UserId> users) throws SQLException {
    return connection.createArrayOf("text", users.stream().map(UserId::value).toArray());
  }
}
