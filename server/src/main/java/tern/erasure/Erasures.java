// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.erasure;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;
import tern.store.Database;

/// Takes wishes to erase users, and tells what became of them; [UserEraser] does the work. Blocks;
/// for virtual threads.
public final class Erasures {
  private static final int PSEUDONYM_BYTES = 12;

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /// Works on this database.
  public Erasures(Database database) {
    this.database = database;
  }

  /// Has everything of the user erased, who is kept out from now on. One that is being erased goes
  /// on as it was asked for first.
  ///
  /// @param keepsMessages whether what the user wrote stays, under a pseudonym
  public Erasure request(UserId user, boolean keepsMessages) {
    byte[] name = new byte[PSEUDONYM_BYTES];
    random.nextBytes(name);
    UUID id =
        database.transaction(
            connection -> {
              try (PreparedStatement call =
                  connection.prepareStatement("select request_erasure_v2(?, ?, ?, ?)")) {
                call.setObject(1, UUID.randomUUID());
                call.setString(2, user.value());
                call.setString(3, "erased-" + HexFormat.of().formatHex(name));
                call.setBoolean(4, keepsMessages);
                try (ResultSet row = call.executeQuery()) {
                  row.next();
                  return row.getObject(1, UUID.class);
                }
              }
            });
    return find(id).orElseThrow();
  }

  /// The erasure with this id, if there is one.
  public Optional<Erasure> find(UUID id) {
    return database.snapshot(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select e.*, c.place, c.erased, coalesce(c.remaining, 0) remaining from erasure e"
                      + " left join erasure_count c on c.erasure_id = e.id"
                      + " where e.id = ? order by c.place")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
          }
        });
  }

  private static Erasure read(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    boolean keepsMessages = row.getBoolean("keeps_messages");
    Instant requestedAt = at(row, "requested_at").orElseThrow();
    Optional<Instant> begunAt = at(row, "begun_at");
    Optional<Instant> endedAt = at(row, "ended_at");
    List<Erasure.Place> places = new ArrayList<>();
    do {
      @Nullable String place = row.getString("place");
      if (place != null) {
        places.add(new Erasure.Place(place, row.getLong("erased"), row.getLong("remaining")));
      }
    } while (row.next());
    return new Erasure(id, keepsMessages, requestedAt, begunAt, endedAt, places);
  }

  private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
