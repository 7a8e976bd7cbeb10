// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.store.StoreException;

/// Stores work of one kind in groups, each in one transaction; sees to what is held by others, to a
/// store that is away, and to work that can't be stored. Owned by a lane's thread.
final class Groups<W extends LaneWork.Grouped, R> {
  private static final Logger LOG = LoggerFactory.getLogger(Groups.class);

  // Each time that so many groups have found the conversation held by somebody else, one waits for
  // it; briefly.
  private static final int PATIENCE = 3;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final LaneConnection connection;
  private final Statement<W, R> statement;
  private final Outcome<W, R> outcome;

  Groups(LaneConnection connection, Statement<W, R> statement, Outcome<W, R> outcome) {
    this.connection = connection;
    this.statement = statement;
    this.outcome = outcome;
  }

  /// Stores a group in one transaction; the connection is in autocommit mode.
  interface Statement<W, R> {
    /// Answers what became of each, in order.
    ///
    /// @param mayWait whether to wait for conversations that another transaction holds
    List<R> store(Connection connection, boolean mayWait, List<W> group) throws SQLException;
  }

  /// Announces what is new, and answers who waits.
  interface Outcome<W, R> {
    /// Returns those whose conversation was held by another transaction.
    List<W> settle(List<W> group, List<R> rows, Duration took) throws SQLException;
  }

  /// Returns what is to be tried again.
  List<W> store(List<W> works) {
    List<W> held = new ArrayList<>();
    List<W> open = new ArrayList<>(works.size());
    for (W work : works) {
      if (work.patience().deadlineNanos - System.nanoTime() <= 0) {
        work.unavailable();
      } else {
        open.add(work);
      }
    }
    // Waits for one conversation only, and after all others had their turn; what is held goes to
    // the end, so that the next wait is for another one.
    List<W> awaited = awaited(open);
    storeOnce(open, false, held);
    storeOnce(awaited, true, held);
    return held;
  }

  // Takes out what is of the first conversation that has been held for long.
  private List<W> awaited(List<W> open) {
    Optional<ConversationId> conversation =
        open.stream()
            .filter(it -> it.patience().held > 0 && it.patience().held % PATIENCE == 0)
            .map(LaneWork.Grouped::conversation)
            .findFirst();
    List<W> its = new ArrayList<>();
    if (conversation.isPresent()) {
      open.removeIf(it -> it.conversation().equals(conversation.get()) && its.add(it));
    }
    return its;
  }

  private void storeOnce(List<W> group, boolean mayWait, List<W> held) {
    if (group.isEmpty()) {
      return;
    }
    try {
      long begun = System.nanoTime();
      List<R> rows = statement.store(connection.get(), mayWait, group);
      List<W> kept = outcome.settle(group, rows, Duration.ofNanos(System.nanoTime() - begun));
      kept.forEach(it -> it.patience().held++);
      held.addAll(kept);
    } catch (SQLException e) {
      recover(e, group, held);
    }
  }

  // An unknown outcome is tried again like a known failure: whatever was stored is then a repeat.
  private void recover(SQLException e, List<W> group, List<W> held) {
    if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
      group.forEach(it -> it.patience().held++);
      held.addAll(group);
    } else if (StoreException.isPassing(e)) {
      LOG.atWarn().addKeyValue("state", e.getSQLState()).log("store away or busy, trying again");
      connection.lose();
      group.forEach(it -> it.patience().isUncertain = true);
      held.addAll(group);
    } else if (group.size() == 1) {
      LOG.atError().addKeyValue("state", e.getSQLState()).log("a message could not be stored");
      group.getFirst().failed();
    } else {
      // One poisoned message must harm nobody else.
      storeOnce(group.subList(0, group.size() / 2), false, held);
      storeOnce(group.subList(group.size() / 2, group.size()), false, held);
    }
  }
}
