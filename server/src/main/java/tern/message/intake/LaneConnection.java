// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tern.store.Database;

/// A lane's own connection, opened anew when it is lost. Owned by the lane's thread.
final class LaneConnection implements AutoCloseable {
  private static final String LOCK_TIMEOUT = "set lock_timeout = 100";
  private static final long RECONNECT_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Database database;
  private @Nullable Connection connection; // null: not opened, or lost

  LaneConnection(Database database) {
    this.database = database;
  }

  Connection get() throws SQLException {
    if (connection == null || connection.isClosed()) {
      Connection opened = database.connect();
      try (var statement = opened.createStatement()) {
        statement.execute(LOCK_TIMEOUT);
      }
      connection = opened;
    }
    return connection;
  }

  /// Gives the connection up, and waits a moment before the next is opened.
  void lose() {
    close();
    LockSupport.parkNanos(RECONNECT_PAUSE_NANOS);
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException _) {
        // It is given up either way.
      }
      connection = null;
    }
  }
}
