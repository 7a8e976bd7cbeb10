// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The opened store of this node: PostgreSQL running, proven durable, ours alone, and migrated.
///
/// Closed last: after it nothing can be kept.
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Optional<EmbeddedPostgres> server;
  private final Database database;
  private final NodeLock lock;
  private final String epoch;
  private final RepeatingTasks watch = new RepeatingTasks("store-watch");
  // Owned by the watch's thread.
  private boolean isLost;

  private Store(Optional<EmbeddedPostgres> server, Database database, NodeLock lock, String epoch) {
    this.server = server;
    this.database = database;
    this.lock = lock;
    this.epoch = epoch;
  }

  /// Opens the store: the embedded one in `dataDir`, or the one that `config` names.
  ///
  /// Throws `IllegalStateException` with a sentence for the operator when it can't be used.
  public static Store open(DatabaseConfig config, Path dataDir) {
    if (!config.isEmbedded()) {
      return open(config, Optional.empty());
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
    try {
      return open(postgres.config(config.poolSize()), Optional.of(postgres));
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /// Does some work for the command line, beside a node that runs or without one: in the first case
  /// on its database, as it stands; in the second on one that is opened, and brought up to date,
  /// for as long as it takes.
  ///
  /// Throws `IllegalStateException` with a sentence for the operator when it can't be used.
  public static <T> T use(DatabaseConfig config, Path dataDir, Function<Database, T> work) {
    Optional<DatabaseConfig> running =
        config.isEmbedded() ? EmbeddedPostgres.running(dataDir, config.poolSize()) : own(config);
    if (running.isEmpty()) {
      try (Store store = open(config, dataDir)) {
        return work.apply(store.database());
      }
    }
    try (Database database = new Database(running.get())) {
      return work.apply(database);
    }
  }

  // The operator's own, if a node holds it now.
  private static Optional<DatabaseConfig> own(DatabaseConfig config) {
    try (Database database = new Database(config)) {
      return NodeLock.isHeld(database) ? Optional.of(config) : Optional.empty();
    }
  }

  private static Store open(DatabaseConfig config, Optional<EmbeddedPostgres> server) {
    Database database = new Database(config);
    try {
      Durability.demand(database);
      NodeLock lock = NodeLock.take(database);
      MigrateResult migrated =
          Flyway.configure()
              .dataSource(database.pool())
              .locations("classpath:db")
              .sqlMigrationPrefix("V")
              .load()
              .migrate();
      LOG.atInfo()
          .addKeyValue("fsync", database.text("show fsync"))
          .addKeyValue("migrations", migrated.migrationsExecuted)
          .log("store opened");
      return new Store(server, database, lock, epoch(database));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  // A restored backup has another timeline, a copied folder another id once the runbook has renewed
  // it.
  private static String epoch(Database database) {
    String life =
        database.text(
            """
            select s.epoch || ' ' || c.system_identifier || ' ' || k.timeline_id
            from store s, pg_control_system() c, pg_control_checkpoint() k
            """);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(life.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where the features run their SQL.
  public Database database() {
    return database;
  }

  /// The mark of this life of the store: numbers of another one mean other things. 12 URL-safe
  /// characters.
  public String epoch() {
    return epoch;
  }

  /// Calls `lost`, once, when this node can't go on: its own PostgreSQL has ended, or another node
  /// has taken the database while this one was cut off from it.
  public void watch(Runnable lost) {
    watch.every(LOOK_EVERY, () -> look(lost));
  }

  private void look(Runnable lost) {
    boolean hasEnded = server.isPresent() && !server.get().isRunning();
    if (!isLost && (hasEnded || lock.isTaken())) {
      isLost = true;
      LOG.error(
          hasEnded
              ? "the embedded PostgreSQL has ended (expected: start Tern again)"
              : "another Tern has taken this database (expected: a database for each node)");
      lost.run();
    }
  }

  @Override
  public void close() {
    watch.endWith(() -> {});
    lock.close();
    database.close();
    server.ifPresent(EmbeddedPostgres::close);
  }
}
