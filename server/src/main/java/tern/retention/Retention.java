// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// Lets messages go that are older than the app wants them kept: walks through all conversations
/// again and again, and erases in steps that hold up nobody. The edge moves in the transaction that
/// erases, so a crash leaves nothing half done. Sequences stay: whoever stands before the edge
/// starts anew. Other [Leftovers] go every hour. One thread of its own.
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private static final int CONVERSATIONS_AT_ONCE = 500;
  private static final int MESSAGES_AT_ONCE = 1_000;

  private final Database database;
  private final RetentionConfig config;
  private final RepeatingTasks tasks = new RepeatingTasks("retention");
  private volatile boolean closing;

  /// Works on this database.
  public Retention(Database database, RetentionConfig config) {
    this.database = database;
    this.config = config;
  }

  /// Begins.
  public Retention start() {
    tasks.every(config.lookEvery(), this::walk);
    tasks.every(Leftovers.LOOK_EVERY, new Leftovers(database, config, () -> closing)::remove);
    return this;
  }

  // Whether its oldest message is too old.
  private record Looked(UUID id, boolean isDue) {}

  private void walk() {
    UUID after = new UUID(0, 0);
    long erased = 0;
    List<Looked> page;
    do {
      UUID from = after;
      page = database.run(connection -> page(connection, from));
      for (Looked it : page) {
        erased += it.isDue() ? erase(it.id()) : 0;
        after = it.id();
      }
    } while (page.size() == CONVERSATIONS_AT_ONCE && !closing);
    if (erased > 0) {
      LOG.atInfo().addKeyValue("messages", erased).log("messages let go");
    }
  }

  private List<Looked> page(Connection connection, UUID after) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select * from look_for_old_v1(?, ?, ?, ?)")) {
      select.setObject(1, after);
      select.setArray(2, seconds(connection));
      select.setBoolean(3, config.isNone());
      select.setInt(4, CONVERSATIONS_AT_ONCE);
      List<Looked> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Looked(row.getObject(1, UUID.class), row.getBoolean(2)));
        }
      }
      return found;
    }
  }

  private Array seconds(Connection connection) throws SQLException {
    return connection.createArrayOf("bigint", config.seconds().toArray());
  }

  private long erase(UUID id) {
    long erased = 0;
    int step = MESSAGES_AT_ONCE;
    while (step == MESSAGES_AT_ONCE && !closing) {
      step = database.transaction(connection -> erase(connection, id));
      erased += step;
    }
    return erased;
  }

  private int erase(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("select let_go_v1(?, ?, ?)")) {
      call.setObject(1, id);
      call.setArray(2, seconds(connection));
      call.setInt(3, MESSAGES_AT_ONCE);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// What holds for a conversation; empty when there is none. Blocks.
  public static Optional<RetentionRule> read(Database database, ConversationId id) {
    return database.run(connection -> read(connection, id));
  }

  private static Optional<RetentionRule> read(Connection connection, ConversationId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select retention_seconds, first_sequence from conversation"
                + " where id = ? and deleted_at is null")) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long seconds = row.getLong(1);
        return Optional.of(
            new RetentionRule(
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(seconds), row.getLong(2)));
      }
    }
  }

  /// Gives a conversation a rule of its own, or takes it away when there is none; returns what
  /// holds then. Empty when there is no such conversation. Blocks.
  public static Optional<RetentionRule> set(
      Database database, ConversationId id, OptionalLong seconds) {
    return database.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update conversation set retention_seconds = ?"
                      + " where id = ? and deleted_at is null")) {
            update.setObject(1, seconds.isPresent() ? seconds.getAsLong() : null, Types.BIGINT);
            update.setObject(2, id.value());
            update.executeUpdate();
          }
          return read(connection, id);
        });
  }

  /// Ends after the step that runs.
  @Override
  public void close() {
    closing = true;
    tasks.endWith(() -> {});
  }
}
