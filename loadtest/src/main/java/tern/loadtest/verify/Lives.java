// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tern.loadtest.client.Address;
import tern.loadtest.history.Life;
import tern.loadtest.node.Metrics;

/// Follows the server's lives: what PostgreSQL says at each start, and several times a second how
/// many groups were committed beside how many fsyncs were made. The lock guards the life that
/// lasts.
final class Lives {
  private static final String FSYNCS =
      "select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal' and context = 'normal'";

  private final StoreAccess store;
  private final Address address;
  private final RunClock clock;
  private final List<Life> ended = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Life> now = Optional.empty();

  Lives(StoreAccess store, Address address, RunClock clock) {
    this.store = store;
    this.address = address;
    this.clock = clock;
  }

  /// A start: asks PostgreSQL whether it keeps what it is given.
  void begin() throws SQLException {
    try (Connection connection = store.connect()) {
      // A server that begins may be too busy to tell; then the first sample does.
      int writers = Metrics.read(address).map(Lives::writers).orElse(0);
      Life life =
          new Life(
              clock.now(),
              Long.MAX_VALUE,
              false,
              ask(connection, "show fsync"),
              ask(connection, "show synchronous_commit"),
              ask(connection, "show full_page_writes"),
              writers,
              List.of());
      lock.lock();
      try {
        now = Optional.of(life);
      } finally {
        lock.unlock();
      }
    }
  }

  /// One sample of the life that lasts; none while the server is away.
  void sample() {
    try (Connection connection = store.connect()) {
      long fsyncs = Long.parseLong(ask(connection, FSYNCS));
      Optional<Metrics> metrics = Metrics.read(address);
      metrics.ifPresent(
          read -> {
            long groups = (long) read.value("tern_intake_groups_total");
            add(new Life.Sample(clock.now(), groups, fsyncs), writers(read));
          });
    } catch (SQLException _) {
      // PostgreSQL is away, which is what the run is about.
    }
  }

  /// The end of a life, by a kill or with the run.
  void end(boolean killed) {
    lock.lock();
    try {
      now.ifPresent(
          life ->
              ended.add(
                  new Life(
                      life.readyAt(),
                      clock.now(),
                      killed,
                      life.fsync(),
                      life.synchronousCommit(),
                      life.fullPageWrites(),
                      life.writers(),
                      life.samples())));
      now = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  List<Life> all() {
    return List.copyOf(ended);
  }

  private static int writers(Metrics metrics) {
    return (int) metrics.value("tern_intake_writers");
  }

  private void add(Life.Sample sample, int writers) {
    lock.lock();
    try {
      now =
          now.map(
              life -> {
                List<Life.Sample> samples = new ArrayList<>(life.samples());
                samples.add(sample);
                return new Life(
                    life.readyAt(),
                    life.endedAt(),
                    life.killed(),
                    life.fsync(),
                    life.synchronousCommit(),
                    life.fullPageWrites(),
                    Math.max(life.writers(), writers),
                    List.copyOf(samples));
              });
    } finally {
      lock.unlock();
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
