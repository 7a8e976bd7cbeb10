// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tern.id.UserId;
import tern.store.Database;

/// Who does not hear from whom, for hints such as typing, which come too often to ask the store
/// about each.
///
/// Remembers for ten seconds at most what users have said about others: a change on this node holds
/// at once, one on another node after that time. Bounded by the number of users remembered. Blocks
/// on a miss.
public final class Silence {
  private static final long MAX_REMEMBERED = 1_000_000;
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Database database;
  private final Cache<UserId, Said> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MAX_REMEMBERED)
          .weigher((UserId _, Said said) -> 1 + said.muted().size() + said.blocked().size())
          .expireAfterWrite(REMEMBERED)
          .build();

  // What a user has said about others.
  private record Said(Set<UserId> blocked, Set<UserId> muted) {
    boolean silences(UserId other) {
      return blocked.contains(other) || muted.contains(other);
    }
  }

  /// Reads from this database.
  public Silence(Database database) {
    this.database = database;
  }

  /// Those of `others` who are not to hear what `speaker` does just now: they have blocked or muted
  /// the speaker, or are blocked by them.
  public Set<UserId> deafTo(UserId speaker, Collection<UserId> others) {
    Set<UserId> asked = new HashSet<>(others);
    asked.add(speaker);
    Map<UserId, Said> said = remembered.getAll(asked, this::read);
    Set<UserId> blocked = Objects.requireNonNull(said.get(speaker)).blocked();
    Set<UserId> deaf = new HashSet<>();
    for (UserId other : others) {
      if (blocked.contains(other) || Objects.requireNonNull(said.get(other)).silences(speaker)) {
        deaf.add(other);
      }
    }
    return deaf;
  }

  /// What the user says about others has changed.
  void changed(UserId user) {
    remembered.invalidate(user);
  }

  private Map<UserId, Said> read(Set<? extends UserId> users) {
    Map<UserId, Said> found = new HashMap<>();
    users.forEach(user -> found.put(user, new Said(new HashSet<>(), new HashSet<>())));
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select user_id, other_id, blocked_at is not null, muted_at is not null
                  from relation where user_id = any(?)
                  """)) {
            select.setArray(
                1, connection.createArrayOf("text", users.stream().map(UserId::value).toArray()));
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                note(Objects.requireNonNull(found.get(new UserId(row.getString(1)))), row);
              }
            }
          }
          return found;
        });
  }

  private static void note(Said said, ResultSet row) throws SQLException {
    UserId other = new UserId(row.getString(2));
    if (row.getBoolean(3)) {
      said.blocked().add(other);
    }
    if (row.getBoolean(4)) {
      said.muted().add(other);
    }
  }
}
