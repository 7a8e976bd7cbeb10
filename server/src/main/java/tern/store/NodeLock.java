// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a second Tern away from this database while there is no Redis between them.
///
/// An advisory lock on a connection of its own, which PostgreSQL frees when this process dies.
final class NodeLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);

  // "tern" in ASCII.
  private static final long KEY = 0x7465726eL;

  private final Connection connection;

  private NodeLock(Connection connection) {
    this.connection = connection;
  }

  /// Throws `IllegalStateException` when another node holds the lock.
  static NodeLock take(Database database) {
    try {
      Connection connection = database.connect();
      if (locks(connection)) {
        return new NodeLock(connection);
      }
      connection.close();
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
    throw new IllegalStateException(
        "another Tern uses this database; several nodes need a Redis between them: set TERN_REDIS_URL");
  }

  private static boolean locks(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(" + KEY + ")");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.atWarn().addKeyValue("state", e.getSQLState()).log("node lock was not released in order");
    }
  }
}
