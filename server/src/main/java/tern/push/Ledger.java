// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Clock;
import java.time.Instant;
import tern.store.Database;
import tern.store.SqlWork;

/// Where pushes are kept, and by whom.
///
/// @param node the number of the node that looks after them
/// @param clock the node's, by which all times in the queue are
public record Ledger(Database database, int node, Clock clock) {
  /// What the node's clock says.
  public Instant now() {
    return clock.instant();
  }

  /// See [Database#run].
  public <T> T run(SqlWork<T> work) {
    return database.run(work);
  }

  /// See [Database#transaction].
  public <T> T transaction(SqlWork<T> work) {
    return database.transaction(work);
  }

  /// See [Database#change].
  public void change(Database.Change change) {
    database.change(change);
  }
}
