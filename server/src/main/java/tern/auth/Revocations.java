// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;

/// Revoked access tokens, in PostgreSQL, so that every node knows of them, and no restart forgets
/// them. Whoever brings a token is judged by the store itself; who is connected is judged by what
/// each node reads there every second.
///
/// All methods block: for virtual threads, never for event loops. They throw
/// [tern.store.StoreException] when the store is away.
public final class Revocations {
  // What is told again in each look: a row is dated before its transaction ends, and a token may
  // have been judged just before.
  private static final Duration OVERLAP = Database.LONGEST_TRANSACTION.plusSeconds(20);

  /// For so long beyond a token's end its revocation is kept: nobody takes the token after that.
  public static final Duration KEPT = AuthConfig.MAX_LEEWAY.multipliedBy(2);

  private static final int PRUNED_AT_ONCE = 10_000;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Database database;

  /// Takes the store.
  public Revocations(Database database) {
    this.database = database;
  }

  /// Revokes the one token with this `jti`, 1 to 256 characters; after `expiresAt`, the token's own
  /// end, this is forgotten. May be called twice.
  public void revokeToken(String tokenId, Instant expiresAt) {
    if (tokenId.isEmpty() || tokenId.length() > Identity.MAX_TOKEN_ID_CHARACTERS) {
      throw new IllegalArgumentException(
          "token id: "
              + tokenId.length()
              + " characters (expected: 1 to "
              + Identity.MAX_TOKEN_ID_CHARACTERS
              + ")");
    }
    write(
        """
        insert into revoked_token as r (token_id, expires_at, revoked_at)
        values (?, ?, clock_timestamp())
        on conflict (token_id) do update
        set expires_at = greatest(r.expires_at, excluded.expires_at),
          revoked_at = excluded.revoked_at
        """,
        tokenId,
        at(expiresAt));
  }

  /// Revokes whatever was issued to the user before this time, and ends pushing to devices that
  /// registered for it under such a token. Tokens tell in whole seconds when they were issued: one
  /// from the same second as `issuedBefore` counts as earlier.
  public void revokeUser(UserId user, Instant issuedBefore) {
    revokeBefore(user, "", issuedBefore);
  }

  /// Revokes whatever was issued to the user before this time, where this device brings it, and
  /// ends pushing to it.
  public void revokeDevice(UserId user, DeviceId device, Instant issuedBefore) {
    revokeBefore(user, device.value(), issuedBefore);
  }

  private void revokeBefore(UserId user, String device, Instant issuedBefore) {
    database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select revoke_user_v1(?, ?, ?)")) {
            set(call, user.value(), device, at(issuedBefore));
            return call.execute();
          }
        });
  }

  private int write(String sql, Object... values) {
    return database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
          }
        });
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /// Whether this token, brought by this device, is void.
  public boolean isRevoked(Identity token, DeviceId device) {
    return judge(token, device.value()) != Judgement.GOOD;
  }

  /// Whether this token is void, brought by whom nobody sees; one that names a device is its.
  public boolean isRevoked(Identity token) {
    return judge(token, token.device().map(DeviceId::value).orElse("")) != Judgement.GOOD;
  }

  /// What is to be said of this token, brought by this device.
  public Judgement judge(Identity token, DeviceId device) {
    return judge(token, device.value());
  }

  /// Whether the app keeps the user out: banned, deactivated, or being erased.
  public boolean isBarred(UserId user) {
    // A token of which nothing else could be said.
    Identity good = new Identity(user, LATEST, "", LATEST);
    return judge(good, "") == Judgement.BARRED;
  }

  private Judgement judge(Identity token, String device) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select exists (select from revoked_token where token_id = ?)
                    or exists (select from revoked_user
                      where user_id = ? and device_id in ('', ?) and issued_before > ?)
                    or exists (select from erased_user
                      where user_hash = erased_hash_v1(?) and erased_at > ?),
                    exists (select from user_standing where user_id = ?
                      and (deactivated_at is not null or banned_until > clock_timestamp()))
                      or exists (select from erasure where user_id = ?)
                  """)) {
            String user = token.user().value();
            OffsetDateTime issuedAt = at(token.issuedAt());
            set(select, token.tokenId(), user, device, issuedAt, user, issuedAt, user, user);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              if (row.getBoolean(2)) {
                return Judgement.BARRED;
              }
              return row.getBoolean(1) ? Judgement.REVOKED : Judgement.GOOD;
            }
          }
        });
  }

  /// What was revoked since some time, and up to when that is told.
  ///
  /// @param until by the store's clock: where the next look begins
  public record News(List<Revocation> revocations, Instant until) {}

  /// The store's time.
  public Instant now() {
    return database.run(Revocations::now);
  }

  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /// What was revoked since the end of an earlier look, and some of what that one has told already.
  public News since(Instant earlier) {
    return database.run(
        connection -> {
          Instant until = now(connection);
          OffsetDateTime from = at(earlier.minus(OVERLAP));
          List<Revocation> found = new ArrayList<>();
          readTokens(connection, from, found);
          readUsers(connection, from, found);
          readBarred(connection, from, found);
          readErased(connection, from, found);
          return new News(found, until);
        });
  }

  private static void readTokens(Connection connection, OffsetDateTime from, List<Revocation> found)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select token_id from revoked_token where revoked_at > ?")) {
      set(select, from);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Revocation.OfToken(row.getString(1)));
        }
      }
    }
  }

  private static void readUsers(Connection connection, OffsetDateTime from, List<Revocation> found)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select user_id, device_id, issued_before from revoked_user where revoked_at > ?")) {
      set(select, from);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          UserId user = new UserId(row.getString(1));
          String device = row.getString(2);
          Instant before = row.getObject(3, OffsetDateTime.class).toInstant();
          found.add(
              device.isEmpty()
                  ? new Revocation.OfUser(user, before)
                  : new Revocation.OfDevice(user, new DeviceId(device), before));
        }
      }
    }
  }

  // As they stand now: who was let back in meanwhile is told of no more.
  private static void readBarred(Connection connection, OffsetDateTime from, List<Revocation> found)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select user_id from user_standing where changed_at > ?
              and (deactivated_at is not null or banned_until > clock_timestamp())
            """)) {
      set(select, from);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Revocation.OfBarred(new UserId(row.getString(1))));
        }
      }
    }
  }

  // They were barred before; this is for a node that did not look in all that time.
  private static void readErased(Connection connection, OffsetDateTime from, List<Revocation> found)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select (select erasure_salt::text from store), user_hash, erased_at from erased_user"
                + " where erased_at > ?")) {
      set(select, from);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
          found.add(new Revocation.OfErased(row.getString(1), row.getString(2), at));
        }
      }
    }
  }

  /// Forgets tokens that have expired by themselves, 10,000 at most; returns how many.
  public int prune() {
    return write(
        """
        delete from revoked_token where token_id in (
          select token_id from revoked_token where expires_at < clock_timestamp() - ?::interval
          order by expires_at limit ?)
        """,
        KEPT.toString(),
        PRUNED_AT_ONCE);
  }
}
