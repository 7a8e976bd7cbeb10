// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import tern.auth.key.ApiKeys;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// What each key did: noted without holding up the call, written many at once by a thread of its
/// own. Ends with a last writing.
///
/// All is kept for 90 days at most. What is asked all day and harms nobody is let go once a million
/// later calls have come, lest a busy hour push out who was banned; anything after ten million.
///
/// While the store is away 10,000 calls wait to be written; what comes then is not audited, and
/// counted in `tern.api.audit.dropped`.
public final class AuditLog implements AutoCloseable {
  private static final int HARMLESS_KEPT = 1_000_000;
  private static final int KEPT = 10_000_000;
  private static final int WAITING = 10_000;
  private static final int AT_ONCE = 500;
  private static final Duration WRITE_EVERY = Duration.ofMillis(250);
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final ApiKeys keys;
  private final Set<String> harmless;
  private final Counter dropped;
  private final BlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(WAITING);
  private final RepeatingTasks tasks = new RepeatingTasks("audit");
  // Owned by the tasks' thread: taken off the queue, not yet written.
  private final List<AuditEntry> batch = new ArrayList<>();

  /// Writes into this database, and there also when the keys were last used.
  ///
  /// @param harmless the operations that are forgotten first
  public AuditLog(Database database, ApiKeys keys, Set<String> harmless, MeterRegistry registry) {
    this.database = database;
    this.keys = keys;
    this.harmless = Set.copyOf(harmless);
    this.dropped =
        Counter.builder("tern.api.audit.dropped")
            .description("Calls of API keys that were not audited: the store was away for long")
            .register(registry);
  }

  /// Begins to write; returns this.
  public AuditLog start() {
    tasks.every(WRITE_EVERY, this::write);
    tasks.every(PRUNE_EVERY, this::prune);
    return this;
  }

  /// For what else has to be done from time to time.
  public RepeatingTasks tasks() {
    return tasks;
  }

  /// Notes a call; never blocks.
  public void note(AuditEntry entry) {
    if (!waiting.offer(entry)) {
      dropped.increment();
    }
  }

  private void write() {
    do {
      waiting.drainTo(batch, AT_ONCE - batch.size());
      if (batch.isEmpty()) {
        return;
      }
      database.change(
          connection -> {
            insert(connection);
            keys.used(
                connection, batch.stream().map(AuditEntry::keyId).collect(Collectors.toSet()));
          });
      batch.clear();
    } while (!waiting.isEmpty());
  }

  private void insert(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into api_audit (at, key_id, acts_for, operation, subject, status)
            values (?, ?, audited_id_v1(?, ?), ?, audited_ids_v1(?, ?), ?)
            """)) {
      for (AuditEntry entry : batch) {
        Timestamp at = Timestamp.from(entry.at());
        statement.setTimestamp(1, at);
        statement.setString(2, entry.keyId());
        statement.setString(3, entry.actsFor());
        statement.setTimestamp(4, at);
        statement.setString(5, entry.operation());
        statement.setString(6, entry.subject());
        statement.setTimestamp(7, at);
        statement.setInt(8, entry.status());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  // Package-private for its test, which can't make a million calls.
  void prune() {
    var _ =
        database.run(
            connection -> {
              try (var statement =
                  connection.prepareStatement(
                      """
                      delete from api_audit where no in (
                        select no from api_audit
                        where at < clock_timestamp() - interval '90 days'
                          or no <= (select max(no) from api_audit) - ?
                          or (no <= (select max(no) from api_audit) - ? and operation = any(?))
                        order by no limit 10000)
                      """)) {
                statement.setInt(1, KEPT);
                statement.setInt(2, HARMLESS_KEPT);
                statement.setArray(3, connection.createArrayOf("text", harmless.toArray()));
                return statement.executeUpdate();
              }
            });
  }

  /// Entries before the one with the number `before`, the newest first; of all keys when `keyId` is
  /// empty. Blocks.
  public List<AuditEntry> read(String keyId, long before, int limit) {
    String ofKey = keyId.isEmpty() ? "" : " and key_id = ?";
    return database.run(
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  "select no, at, key_id, acts_for, operation, subject, status from api_audit"
                      + " where no < ?"
                      + ofKey
                      + " order by no desc limit "
                      + limit)) {
            statement.setLong(1, before);
            if (!keyId.isEmpty()) {
              statement.setString(2, keyId);
            }
            return entries(statement.executeQuery());
          }
        });
  }

  private static List<AuditEntry> entries(ResultSet row) throws SQLException {
    List<AuditEntry> entries = new ArrayList<>();
    while (row.next()) {
      entries.add(
          new AuditEntry(
              row.getLong("no"),
              row.getTimestamp("at").toInstant(),
              row.getString("key_id"),
              row.getString("acts_for"),
              row.getString("operation"),
              row.getString("subject"),
              row.getInt("status")));
    }
    return entries;
  }

  @Override
  public void close() {
    tasks.endWith(this::write);
  }
}
