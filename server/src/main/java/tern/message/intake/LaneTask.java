// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import tern.message.Committed;
import tern.store.Pending;
import tern.store.StoreException;

/// A change of a conversation in a transaction of its own, waiting in the conversation's lane;
/// whoever asked for it awaits the outcome.
final class LaneTask<T> implements LaneWork.Change {
  private final Work<T> work;
  private final Function<T, List<Committed>> committed;
  private final long deadlineNanos;
  private final Pending<T> outcome = new Pending<>();

  /// @param committed says what of the outcome is to be announced
  LaneTask(Work<T> work, Function<T, List<Committed>> committed, long deadlineNanos) {
    this.work = work;
    this.committed = committed;
    this.deadlineNanos = deadlineNanos;
  }

  /// What is to be done; one transaction.
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  @Override
  public List<Committed> apply(Connection connection) throws SQLException {
    T done = work.run(connection);
    outcome.complete(done);
    return committed.apply(done);
  }

  @Override
  public boolean mayTryAgain() {
    return System.nanoTime() - deadlineNanos < 0;
  }

  @Override
  public void failed(SQLException cause) {
    outcome.fail(StoreException.of(cause));
  }

  T outcome() {
    return outcome.await();
  }
}
