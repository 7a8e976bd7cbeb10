// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.store.Database;
import tern.store.GroupCommit;
import tern.store.StoreException;

/// One writer of the intake: a thread and a connection. A conversation always has the same lane, so
/// a node's groups in flight are disjoint by conversation, and its changes are announced in the
/// order of their revisions.
final class IntakeLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeLane.class);

  // Each time that so many groups have found the conversation held by somebody else, one waits for
  // it; briefly.
  private static final int PATIENCE = 3;
  private static final String LOCK_TIMEOUT = "set lock_timeout = 100";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final long RECONNECT_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Database database;
  private final int node;
  private final Consumer<Committed> announce;
  private final IntakeMetrics metrics;
  private final GroupCommit<LaneWork> queue;
  private @Nullable Connection connection;

  /// @param announce takes what was committed; called before the senders are answered, may hold
  ///     back
  IntakeLane(
      String name,
      Database database,
      int node,
      IntakeConfig config,
      Consumer<Committed> announce,
      IntakeMetrics metrics) {
    this.database = database;
    this.node = node;
    this.announce = announce;
    this.metrics = metrics;
    this.queue = new GroupCommit<>(name, config.queue(), config.groupSize(), this::commit);
    queue.start();
  }

  /// Returns false when the queue is full.
  boolean offer(LaneWork work) {
    return queue.offer(work);
  }

  int waiting() {
    return queue.size();
  }

  // Returns what is to be tried again, ahead of what arrived since.
  private List<LaneWork> commit(List<LaneWork> group) {
    List<LaneWork> again = new ArrayList<>();
    List<LaneWork.Send> sends = new ArrayList<>(group.size());
    for (LaneWork work : group) {
      switch (work) {
        case LaneWork.Send send -> sends.add(send);
        case LaneWork.Change change -> {
          again.addAll(store(sends));
          sends.clear();
          again.addAll(apply(change));
        }
      }
    }
    again.addAll(store(sends));
    return again;
  }

  private List<LaneWork.Send> store(List<LaneWork.Send> sends) {
    List<LaneWork.Send> held = new ArrayList<>();
    List<LaneWork.Send> open = new ArrayList<>(sends.size());
    for (LaneWork.Send send : sends) {
      if (send.deadlineNanos - System.nanoTime() <= 0) {
        send.reply.answered(SendResult.Refused.UNAVAILABLE);
      } else {
        open.add(send);
      }
    }
    // Waits for one conversation only, and after all others had their turn; what is held goes to
    // the end, so that the next wait is for another one.
    List<LaneWork.Send> awaited = awaited(open);
    storeOnce(open, false, held);
    storeOnce(awaited, true, held);
    return held;
  }

  // Takes out what was sent to the first conversation that has been held for long.
  private static List<LaneWork.Send> awaited(List<LaneWork.Send> open) {
    Optional<ConversationId> conversation =
        open.stream()
            .filter(send -> send.held > 0 && send.held % PATIENCE == 0)
            .map(send -> send.draft.conversation())
            .findFirst();
    List<LaneWork.Send> its = new ArrayList<>();
    if (conversation.isPresent()) {
      open.removeIf(send -> send.draft.conversation().equals(conversation.get()) && its.add(send));
    }
    return its;
  }

  private void storeOnce(List<LaneWork.Send> sends, boolean mayWait, List<LaneWork.Send> held) {
    if (sends.isEmpty()) {
      return;
    }
    try {
      long begun = System.nanoTime();
      List<MessageTable.Row> rows = MessageTable.store(connection(), node, mayWait, sends);
      settle(sends, rows, held, Duration.ofNanos(System.nanoTime() - begun));
    } catch (SQLException e) {
      recover(e, sends, held);
    }
  }

  // An unknown outcome is tried again like a known failure: whatever was stored is then a repeat.
  private void recover(SQLException e, List<LaneWork.Send> sends, List<LaneWork.Send> held) {
    if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
      sends.forEach(send -> send.held++);
      held.addAll(sends);
    } else if (StoreException.isPassing(e)) {
      LOG.atWarn().addKeyValue("state", e.getSQLState()).log("store away or busy, trying again");
      disconnect();
      pause();
      sends.forEach(send -> send.isUncertain = true);
      held.addAll(sends);
    } else if (sends.size() == 1) {
      LOG.atError().addKeyValue("state", e.getSQLState()).log("a message could not be stored");
      sends.getFirst().reply.answered(SendResult.Refused.INTERNAL);
    } else {
      // One poisoned message must harm nobody else.
      storeOnce(sends.subList(0, sends.size() / 2), false, held);
      storeOnce(sends.subList(sends.size() / 2, sends.size()), false, held);
    }
  }

  private void settle(
      List<LaneWork.Send> sends,
      List<MessageTable.Row> rows,
      List<LaneWork.Send> held,
      Duration took) {
    announceFound(sends, rows);
    announceStored(sends, rows, took);
    for (int i = 0; i < rows.size(); i++) {
      answer(sends.get(i), rows.get(i), held);
    }
  }

  private void announceStored(
      List<LaneWork.Send> sends, List<MessageTable.Row> rows, Duration took) {
    List<Committed.Change> changes = new ArrayList<>(sends.size());
    OptionalLong groupNo = OptionalLong.empty();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status() == MessageTable.Status.STORED) {
        changes.add(stored(sends.get(i).draft, rows.get(i)));
        groupNo = OptionalLong.of(rows.get(i).groupNo());
      }
    }
    if (!changes.isEmpty()) {
      metrics.committed(changes.size(), took);
      announce.accept(new Committed(groupNo, changes));
    }
  }

  // Stored by an attempt whose answer was lost: announced now, before anything later is.
  private void announceFound(List<LaneWork.Send> sends, List<MessageTable.Row> rows) {
    List<Committed.Change> changes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (sends.get(i).isUncertain && rows.get(i).status() == MessageTable.Status.REPEAT) {
        changes.add(stored(sends.get(i).draft, rows.get(i)));
      }
    }
    if (!changes.isEmpty()) {
      changes.sort(Comparator.comparingLong(Committed.Change::revision));
      announce.accept(new Committed(OptionalLong.empty(), changes));
    }
  }

  private static Committed.Change stored(Draft draft, MessageTable.Row row) {
    return new Committed.MessageStored(
        draft.conversation(),
        row.revision(),
        row.membershipRevision(),
        new StoredMessage(
            row.sequence(),
            row.revision(),
            draft.sender(),
            draft.clientMessageId(),
            row.at(),
            draft.body()));
  }

  private static void answer(LaneWork.Send send, MessageTable.Row row, List<LaneWork.Send> held) {
    switch (row.status()) {
      case STORED -> send.reply.answered(accepted(row, false));
      case REPEAT -> send.reply.answered(accepted(row, true));
      case MAY_NOT_SPEAK -> send.reply.answered(SendResult.Refused.NOT_FOUND);
      case OTHER_CONTENT -> send.reply.answered(SendResult.Refused.CONFLICT);
      case TOO_LARGE -> send.reply.answered(SendResult.Refused.TOO_LARGE);
      case HELD -> {
        send.held++;
        held.add(send);
      }
    }
  }

  private static SendResult accepted(MessageTable.Row row, boolean duplicate) {
    return new SendResult.Accepted(row.sequence(), row.revision(), row.at(), duplicate);
  }

  private List<LaneWork> apply(LaneWork.Change change) {
    try {
      change.apply(connection()).forEach(announce);
    } catch (SQLException e) {
      boolean held = LOCK_NOT_AVAILABLE.equals(e.getSQLState());
      if (held && change.mayTryAgain()) {
        return List.of(change);
      }
      if (!held && StoreException.isPassing(e)) {
        disconnect();
      }
      change.failed(e);
    }
    return List.of();
  }

  private Connection connection() throws SQLException {
    if (connection == null || connection.isClosed()) {
      Connection opened = database.connect();
      try (var statement = opened.createStatement()) {
        statement.execute(LOCK_TIMEOUT);
      }
      connection = opened;
    }
    return connection;
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException _) {
        // It is given up either way.
      }
      connection = null;
    }
  }

  private static void pause() {
    LockSupport.parkNanos(RECONNECT_PAUSE_NANOS);
  }

  /// Stores what waits, then closes.
  @Override
  public void close() {
    queue.close();
    disconnect();
  }
}
