// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import tern.message.Committed;
import tern.store.Pending;
import tern.store.StoreException;

/// A change of a conversation in a transaction of its own, waiting in the conversation's lane;
/// whoever asked for it awaits the outcome.
final class LaneTask<T> implements LaneWork.Change {
  private final Work<T> work;
  private final long deadlineNanos;
  private final Pending<Done<T>> done = new Pending<>();

  LaneTask(Work<T> work, long deadlineNanos) {
    this.work = work;
    this.deadlineNanos = deadlineNanos;
  }

  /// What is to be done; one transaction.
  interface Work<T> {
    Done<T> run(Connection connection) throws SQLException;
  }

  /// What became of it.
  ///
  /// @param committed what of it is to be announced
  record Done<T>(T outcome, List<Committed> committed) {}

  @Override
  public List<Committed> apply(Connection connection) throws SQLException {
    Done<T> what = work.run(connection);
    done.complete(what);
    return what.committed();
  }

  @Override
  public boolean isInTime() {
    return System.nanoTime() - deadlineNanos < 0;
  }

  @Override
  public void unavailable() {
    done.fail(StoreException.busy("the intake has no time for it"));
  }

  @Override
  public void failed(Exception cause) {
    done.fail(
        switch (cause) {
          case SQLException e -> StoreException.of(e);
          case RuntimeException e -> e;
          default -> new IllegalStateException(cause);
        });
  }

  Done<T> done() {
    return done.await();
  }
}
