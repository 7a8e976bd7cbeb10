// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// One embedded PostgreSQL for all tests of this JVM; each test gets a database of its own in it.
public final class TestPostgres {
  private static final TestPostgres SHARED = new TestPostgres();

  private final EmbeddedPostgres server;
  private final Path folder;

  private TestPostgres() {
    try {
      folder = Files.createTempDirectory("tern-test");
      server = EmbeddedPostgres.start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // At once: to write a hundred databases in order takes longer than anybody waits.
  private void end() {
    try (var lines = Files.lines(folder.resolve("postgres").resolve("postmaster.pid"))) {
      String pid = lines.findFirst().orElseThrow();
      int status = new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(it -> it.onExit().join());
      if (status == 0) {
        deleteAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteAll() {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an empty database and returns the way to it.
  public static DatabaseConfig newDatabase() {
    return newDatabase("template1");
  }

  /// Makes a database in which a node finds all tables, and no more; returns the way to it.
  public static DatabaseConfig newMigratedDatabase() {
    return newDatabase(Migrated.NAME);
  }

  // Made once: to copy a database takes a tenth of the time of all migrations.
  private static final class Migrated {
    static final String NAME = make();

    private static String make() {
      DatabaseConfig config = newDatabase();
      Store.open(config, Path.of("unused")).close();
      return name(config);
    }
  }

  private static DatabaseConfig newDatabase(String template) {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    DatabaseConfig owner = SHARED.server.config(8);
    run(owner, "create database " + name + " template " + template);
    return new DatabaseConfig(
        owner.url().replaceFirst("/[^/]*$", "/" + name), owner.user(), owner.password(), 8);
  }

  private static String name(DatabaseConfig config) {
    return config.url().substring(config.url().lastIndexOf('/') + 1);
  }

  private static void run(DatabaseConfig config, String... statements) {
    try (Database database = new Database(config)) {
      database.run(
          connection -> {
            try (var statement = connection.createStatement()) {
              for (String it : statements) {
                statement.execute(it);
              }
              return true;
            }
          });
    }
  }

  /// What the server has logged, of all tests.
  public static String log() {
    try {
      return Files.readString(SHARED.folder.resolve("postgres.log"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes a database away, as a server that is down would, or gives it back.
  public static void allowConnections(DatabaseConfig config, boolean allowed) {
    String name = name(config);
    run(
        SHARED.server.config(2),
        "alter database " + name + " allow_connections " + allowed,
        "select pg_terminate_backend(pid) from pg_stat_activity where not "
            + allowed
            + " and datname = '"
            + name
            + "'");
  }

  /// Opens a store in a database of its own.
  public static Store newStore() {
    return Store.open(newDatabase(), Path.of("unused"));
  }
}
