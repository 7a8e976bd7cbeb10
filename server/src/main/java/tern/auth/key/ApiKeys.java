// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.key;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tern.store.Database;

/// The API keys of this app: makes, lists and revokes them, and tells whether a text is one.
/// Blocks; for virtual threads.
public final class ApiKeys {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

  // The old one and its successor.
  private static final int VALID_OF_ONE_NAME = 2;

  // So long a revoked key may still open this node, and a busy backend asks the store but once.
  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 1_000;

  private static final String COLUMNS =
      "id, name, hash, scopes, created_at, last_used_at, revoked_at";

  private final Database database;
  private final LoadingCache<String, Optional<Kept>> recent =
      Caffeine.newBuilder()
          .expireAfterWrite(REMEMBERED)
          .maximumSize(MOST_REMEMBERED)
          .build(this::find);

  // A key with what only this class may see of it.
  private static final class Kept {
    private final ApiKey key;
    private final byte[] hash;

    Kept(ApiKey key, byte[] hash) {
      this.key = key;
      this.hash = hash;
    }
  }

  /// Looks keys up in this database.
  public ApiKeys(Database database) {
    this.database = database;
  }

  /// Whether a bearer's text is meant as an API key and not as an access token.
  public static boolean isKey(String text) {
    return text.startsWith(KeyText.PREFIX);
  }

  /// Makes a key and returns its text, which nobody can read again.
  ///
  /// Throws `IllegalArgumentException` for a name that is not 1 to 64 of `A-Z a-z 0-9 _ . @ -`, for
  /// no scope, and when two valid keys have the name already.
  public String create(String name, Set<Scope> scopes) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: " + name.length() + " characters (expected: 1 to 64 of A-Z a-z 0-9 _ . @ -)");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scope: none (expected: some of " + Scope.texts() + ")");
    }
    KeyText text = KeyText.random();
    database.transaction(connection -> insert(connection, name, scopes, text));
    return text.reveal();
  }

  private static boolean insert(Connection connection, String name, Set<Scope> scopes, KeyText text)
      throws SQLException {
    if (validOf(connection, name) >= VALID_OF_ONE_NAME) {
      throw new IllegalArgumentException(
          "name: " + name + " has two valid keys (expected: one to rotate; revoke the other)");
    }
    try (var statement =
        connection.prepareStatement(
            "insert into api_key (id, name, hash, scopes) values (?, ?, ?, ?)")) {
      statement.setString(1, text.id());
      statement.setString(2, name);
      statement.setBytes(3, text.hash());
      statement.setArray(
          4, connection.createArrayOf("text", scopes.stream().map(Scope::text).toArray()));
      statement.executeUpdate();
    }
    return note(connection, text.id(), "createKey");
  }

  // In the audit, among what the keys did.
  private static boolean note(Connection connection, String id, String done) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into api_audit (at, key_id, acts_for, operation, subject, status)
            values (clock_timestamp(), ?, '', ?, '', 200)
            """)) {
      statement.setString(1, id);
      statement.setString(2, done);
      return statement.executeUpdate() == 1;
    }
  }

  // With the name locked, so that two who make keys at once do not make three.
  private static int validOf(Connection connection, String name) throws SQLException {
    try (var lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtextextended('api_key ' || ?, 0))")) {
      lock.setString(1, name);
      lock.execute();
    }
    try (var statement =
        connection.prepareStatement(
            "select count(*) from api_key where name = ? and revoked_at is null")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// All keys, revoked ones too, the newest first.
  public List<ApiKey> list() {
    return database.run(
        connection -> {
          List<ApiKey> keys = new ArrayList<>();
          try (var statement =
                  connection.prepareStatement(
                      "select " + COLUMNS + " from api_key order by created_at desc, id");
              ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              keys.add(kept(row).key);
            }
          }
          return keys;
        });
  }

  /// Revokes a key for good; returns false when no valid key has this id.
  public boolean revoke(String id) {
    return database.transaction(
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  update api_key set revoked_at = clock_timestamp()
                  where id = ? and revoked_at is null
                  """)) {
            statement.setString(1, id);
            return statement.executeUpdate() == 1 && note(connection, id, "revokeKey");
          }
        });
  }

  /// The valid key with this text, if it is one; a key that was revoked more than a second ago is
  /// none.
  public Optional<ApiKey> verify(String text) {
    return KeyText.parse(text)
        .flatMap(
            given ->
                recent
                    .get(given.id())
                    .filter(kept -> MessageDigest.isEqual(kept.hash, given.hash())))
        .map(kept -> kept.key)
        .filter(ApiKey::isValid);
  }

  private Optional<Kept> find(String id) {
    return database.run(
        connection -> {
          try (var statement =
              connection.prepareStatement("select " + COLUMNS + " from api_key where id = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(kept(row)) : Optional.empty();
            }
          }
        });
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        new ApiKey(
            row.getString("id"),
            row.getString("name"),
            Scope.known((String[]) row.getArray("scopes").getArray()),
            row.getTimestamp("created_at").toInstant(),
            instant(row, "last_used_at"),
            instant(row, "revoked_at")),
        row.getBytes("hash"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /// Notes that these keys were used just now.
  public void used(Connection connection, Collection<String> ids) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "update api_key set last_used_at = clock_timestamp() where id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      statement.executeUpdate();
    }
  }
}
