// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tern's own PostgreSQL, for a node that stands alone: in the data folder, on loopback, behind a
/// password, with fsync on. Stopped with the server; an orphan that a killed server left behind is
/// stopped at the next start.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String OWNER = "postgres";

  // Of the file that a running server keeps.
  private static final int PORT_LINE = 3;

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Path folder;
  private final FolderLock lock;
  private final Optional<ProcessHandle> postmaster;

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path folder, FolderLock lock)
      throws IOException {
    this.server = server;
    this.folder = folder;
    this.lock = lock;
    this.postmaster = Orphan.find(folder);
  }

  /// Starts it; the first time in a folder takes some seconds.
  ///
  /// Throws `IllegalStateException` when another process uses the folder.
  static EmbeddedPostgres start(Path dataDir) {
    Path folder = dataDir.toAbsolutePath().resolve("postgres");
    try {
      Files.createDirectories(folder.getParent());
      FolderLock lock = FolderLock.take(dataDir.toAbsolutePath().resolve("tern.lock"));
      try {
        Orphan.stop(folder);
        EmbeddedPostgres postgres = new EmbeddedPostgres(launch(folder), folder, lock);
        postgres.shutDoors();
        return postgres;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the embedded PostgreSQL does not start in "
              + folder
              + " (expected: what "
              + log(folder)
              + " says put right)",
          e);
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres launch(Path folder)
      throws IOException {
    LOG.atInfo().addKeyValue("folder", folder).log("starting the embedded PostgreSQL");
    var log = ProcessBuilder.Redirect.appendTo(log(folder).toFile());
    var builder =
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries(folder).toFile())
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            // Ours stops it, after what is in flight is kept.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setLocaleConfig("locale", "C")
            // It passes -F, fsync off, unless told otherwise.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "250")
            .setServerConfig("shared_buffers", "256MB")
            // Bounds the time to recover from a crash: about 10 s a GB.
            .setServerConfig("max_wal_size", "1GB")
            .setServerConfig("checkpoint_timeout", "15min")
            .setServerConfig("wal_compression", "on")
            .setServerConfig("random_page_cost", "1.1")
            // A statement or a detail may quote a row.
            .setServerConfig("log_min_error_statement", "panic")
            .setServerConfig("log_error_verbosity", "terse");
    Path password = passwordFile(folder);
    if (Files.exists(password)) {
      builder.setConnectConfig("password", Files.readString(password));
    }
    return builder.start();
  }

  // Shared by all data folders of this user, so that the binaries are unpacked once; nobody else
  // may
  // reach them, for what lies there is run.
  private static Path binaries(Path folder) throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    Path caches =
        Files.isWritable(home) ? home.resolve(".cache/tern") : folder.resolveSibling("binaries");
    Files.createDirectories(caches);
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwx------"));
    return Files.createDirectories(caches.resolve("postgres"));
  }

  private static Path log(Path folder) {
    return folder.resolveSibling("postgres.log");
  }

  private static Path passwordFile(Path folder) {
    return folder.resolveSibling("postgres-password");
  }

  // It is born trusting everybody on this machine.
  private void shutDoors() throws IOException {
    Path password = passwordFile(folder);
    if (Files.exists(password)) {
      return;
    }
    String secret = PrivateFile.secret();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter role " + OWNER + " password '" + secret + "'");
      Files.writeString(
          folder.resolve("pg_hba.conf"),
          "host all all 127.0.0.1/32 scram-sha-256\n",
          StandardOpenOption.TRUNCATE_EXISTING);
      PrivateFile.write(password, secret);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  /// Whether it still runs; it does not come back by itself.
  boolean isRunning() {
    return postmaster.isEmpty() || Orphan.isPostgres(postmaster.get());
  }

  /// How to reach it.
  DatabaseConfig config(int poolSize) {
    return new DatabaseConfig(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + OWNER,
        OWNER,
        PrivateFile.read(passwordFile(folder)),
        poolSize);
  }

  /// How to reach the server of a data folder that another process runs; empty when none does.
  ///
  /// Throws `IllegalStateException` while that one starts or stops.
  static Optional<DatabaseConfig> running(Path dataDir, int poolSize) {
    Path folder = dataDir.toAbsolutePath().resolve("postgres");
    if (!FolderLock.isTaken(folder.resolveSibling("tern.lock"))) {
      return Optional.empty();
    }
    try (Connection connection = connect(dataDir)) {
      return Optional.of(
          new DatabaseConfig(
              connection.getMetaData().getURL(),
              OWNER,
              PrivateFile.read(passwordFile(folder)),
              poolSize));
    } catch (SQLException | UncheckedIOException e) {
      throw new IllegalStateException(
          "the Tern that uses " + dataDir + " is not ready (expected: to try again later)", e);
    }
  }

  /// Opens a connection to the server of a data folder, for those who look in from outside; an
  /// `SQLException` when none runs.
  public static Connection connect(Path dataDir) throws SQLException {
    Path folder = dataDir.toAbsolutePath().resolve("postgres");
    try {
      List<String> pidFile = Files.readAllLines(folder.resolve("postmaster.pid"));
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + pidFile.get(PORT_LINE) + "/" + OWNER,
          OWNER,
          PrivateFile.read(passwordFile(folder)));
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new SQLException("no embedded PostgreSQL runs in " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the embedded PostgreSQL did not stop in order");
    } finally {
      lock.close();
    }
  }
}
