// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import tern.loadtest.node.OwnNode;
import tern.store.EmbeddedPostgres;

/// While it is open a node goes on committing messages and settles none: it waits for the table of
/// devices. The node's log then tells that the store is away; that is so for settling alone.
final class Hold implements AutoCloseable {
  private final Connection connection;

  Hold(OwnNode node) {
    try {
      connection = EmbeddedPostgres.connect(node.dataDir());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("lock table device in access exclusive mode");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't hold back the node's pushes", e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("can't let go the node's pushes", e);
    }
  }
}
