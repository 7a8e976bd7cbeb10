// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import tern.loadtest.client.Await;
import tern.loadtest.node.OwnNode;
import tern.store.EmbeddedPostgres;

/// What a node's store holds of pushes.
final class Backlog {
  private final OwnNode node;

  Backlog(OwnNode node) {
    this.node = node;
  }

  /// Pushes that wait: held ones, too.
  long waiting() {
    return count("select count(*) from push_queue");
  }

  /// Messages that are told to have been pushed, one for each device.
  long pushed() {
    return count(
        "select coalesce(sum(last_sequence - first_sequence + 1), 0) from push_decision"
            + " where outcome = 20");
  }

  /// Returns after how long nothing waits any more and everything is settled; fails when that takes
  /// longer than `most`.
  Duration awaitNone(Duration most) {
    long from = System.nanoTime();
    if (!Await.until(most, () -> waiting() + count("select count(*) from intake") == 0)) {
      throw new IllegalStateException(
          "%d pushes still wait after %d s".formatted(waiting(), most.toSeconds()));
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private long count(String query) {
    try (Connection connection = EmbeddedPostgres.connect(node.dataDir());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("can't ask the node's store", e);
    }
  }
}
