// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a second Tern away from this database while there is no Redis between them.
///
/// An advisory lock on a connection of its own, which PostgreSQL frees when this process dies. It
/// also frees it when it restarts itself; so a thread looks each second, and takes it again.
final class NodeLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);

  // "tern" in ASCII.
  private static final long KEY = 0x7465726eL;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final RepeatingTasks tasks = new RepeatingTasks("node-lock");
  // Owned by the tasks' thread.
  private Connection connection;
  private volatile boolean isTaken;

  private NodeLock(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /// Throws `IllegalStateException` when another node holds the lock.
  static NodeLock take(Database database) {
    try {
      Connection connection = database.connect();
      if (locks(connection)) {
        NodeLock lock = new NodeLock(database, connection);
        lock.tasks.every(LOOK_EVERY, lock::look);
        return lock;
      }
      connection.close();
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
    throw new IllegalStateException(
        "another Tern uses this database (expected: a database for each node)");
  }

  /// Whether a node holds it.
  static boolean isHeld(Database database) {
    String holders =
        database.text(
            """
            select count(*) from pg_locks where locktype = 'advisory' and granted and objsubid = 1
              and classid = 0 and objid = %d
              and database = (select oid from pg_database where datname = current_database())
            """
                .formatted(KEY));
    return !holders.equals("0");
  }

  private static boolean locks(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(" + KEY + ")");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void look() {
    try {
      if (!connection.isValid(1)) {
        connection.close();
        connection = database.connect();
        if (locks(connection)) {
          LOG.warn("the node lock was lost with its connection, and taken again");
        } else {
          connection.close();
          isTaken = true;
        }
      }
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("state", e.getSQLState()).log("node lock lost, trying again");
    }
  }

  /// Whether another node has taken the database while this one was cut off from it.
  boolean isTaken() {
    return isTaken;
  }

  private void release() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("state", e.getSQLState()).log("node lock not released in order");
    }
  }

  @Override
  public void close() {
    tasks.endWith(this::release);
  }
}
