// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// One embedded PostgreSQL for all tests of this JVM; each test gets a database of its own in it.
public final class TestPostgres {
  private static final TestPostgres SHARED = new TestPostgres();

  private final EmbeddedPostgres server;

  private TestPostgres() {
    try {
      Path folder = Files.createTempDirectory("tern-test");
      server = EmbeddedPostgres.start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(Path folder) {
    server.close();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an empty database and returns the way to it.
  public static DatabaseConfig newDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    DatabaseConfig owner = SHARED.server.config(8);
    try (Database database = new Database(owner)) {
      database.run(
          connection -> {
            try (var statement = connection.createStatement()) {
              return statement.execute("create database " + name);
            }
          });
    }
    return new DatabaseConfig(
        owner.url().replaceFirst("/[^/]*$", "/" + name), owner.user(), owner.password(), 8);
  }

  /// Opens a store in a database of its own.
  public static Store newStore() {
    return Store.open(newDatabase(), Path.of("unused"));
  }
}
