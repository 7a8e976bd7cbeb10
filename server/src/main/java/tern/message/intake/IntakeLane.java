// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tern.message.Committed;
import tern.store.Database;
import tern.store.GroupCommit;
import tern.store.StoreException;

/// One writer of the intake: a thread and a connection. A conversation always has the same lane, so
/// a node's groups in flight are disjoint by conversation, and its changes are announced in the
/// order of their revisions.
final class IntakeLane implements AutoCloseable {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Consumer<Committed> announce;
  private final LaneConnection connection;
  private final Groups<LaneWork.Send, MessageTable.Row> sends;
  private final Groups<LaneWork.ChangeMessage, ChangeTable.Row> changes;
  private final GroupCommit<LaneWork> queue;

  /// What all lanes of a node share.
  ///
  /// @param node the node's number in the intake table
  /// @param editWindow how long after it was sent a message may be edited
  /// @param announce takes what was committed; called before the senders are answered, may hold
  ///     back
  record Rules(
      Database database,
      int node,
      IntakeConfig config,
      Duration editWindow,
      Consumer<Committed> announce,
      IntakeMetrics metrics) {}

  IntakeLane(String name, Rules rules) {
    this.announce = rules.announce();
    this.connection = new LaneConnection(rules.database());
    this.sends =
        new Groups<>(
            connection,
            (to, mayWait, group) -> MessageTable.store(to, rules.node(), mayWait, group),
            new SendOutcome(announce, rules.metrics()));
    this.changes =
        new Groups<>(
            connection,
            (to, mayWait, group) ->
                ChangeTable.store(to, rules.node(), rules.editWindow(), mayWait, group),
            new ChangeOutcome(announce));
    this.queue =
        new GroupCommit<>(name, rules.config().queue(), rules.config().groupSize(), this::commit);
    queue.start();
  }

  /// Returns false when the queue is full.
  boolean offer(LaneWork work) {
    return queue.offer(work);
  }

  int waiting() {
    return queue.size();
  }

  // Neighbours of one kind go together. Returns what is to be tried again, ahead of what arrived
  // since.
  private List<LaneWork> commit(List<LaneWork> group) {
    List<LaneWork> again = new ArrayList<>();
    List<LaneWork.Send> toSend = new ArrayList<>(group.size());
    List<LaneWork.ChangeMessage> toChange = new ArrayList<>();
    for (LaneWork work : group) {
      if (!(work instanceof LaneWork.Send)) {
        again.addAll(sends.store(toSend));
        toSend.clear();
      }
      if (!(work instanceof LaneWork.ChangeMessage)) {
        again.addAll(changes.store(toChange));
        toChange.clear();
      }
      switch (work) {
        case LaneWork.Send send -> toSend.add(send);
        case LaneWork.ChangeMessage change -> toChange.add(change);
        case LaneWork.Change change -> again.addAll(apply(change));
      }
    }
    again.addAll(sends.store(toSend));
    again.addAll(changes.store(toChange));
    return again;
  }

  private List<LaneWork> apply(LaneWork.Change change) {
    if (!change.isInTime()) {
      // Else a store that is away would be waited for by each, one after the other.
      change.unavailable();
      return List.of();
    }
    try {
      change.apply(connection.get()).forEach(announce);
    } catch (SQLException e) {
      boolean held = LOCK_NOT_AVAILABLE.equals(e.getSQLState());
      if (held && change.isInTime()) {
        return List.of(change);
      }
      if (!held && StoreException.isPassing(e)) {
        connection.close();
      }
      change.failed(e);
    } catch (RuntimeException e) {
      // A poisoned one must harm nobody else: the others of its group still have their turn.
      change.failed(e);
    }
    return List.of();
  }

  /// Stores what waits, then closes.
  @Override
  public void close() {
    queue.close();
    connection.close();
  }
}
