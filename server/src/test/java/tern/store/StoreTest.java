// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tern.Eventually;

/// Which PostgreSQL the store accepts, to whom it belongs, and what outlives a stop or a kill.
@Tag("slow")
final class StoreTest {
  @Test
  void storeThatMayForgetIsRefused() {
    DatabaseConfig forgetful = TestPostgres.newDatabase();
    try (Database database = new Database(forgetful)) {
      database.run(
          connection -> {
            try (var statement = connection.createStatement()) {
              return statement.execute("alter role current_user set synchronous_commit = off");
            }
          });
      assertThatThrownBy(() -> Store.open(forgetful, Path.of("unused")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("synchronous_commit = off (expected: on)");
      database.run(
          connection -> {
            try (var statement = connection.createStatement()) {
              return statement.execute("alter role current_user reset synchronous_commit");
            }
          });
    }
  }

  @Test
  void secondNodeOnOneDatabaseIsRefused() {
    DatabaseConfig shared = TestPostgres.newDatabase();

    try (Store _ = Store.open(shared, Path.of("unused"))) {
      assertThatThrownBy(() -> Store.open(shared, Path.of("unused")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected: a database for each node");
    }
  }

  @Test
  void epochStaysWhenTheStoreIsOpenedAgain() {
    DatabaseConfig config = TestPostgres.newDatabase();
    String epoch;
    try (Store store = Store.open(config, Path.of("unused"))) {
      epoch = store.epoch();
    }

    try (Store again = Store.open(config, Path.of("unused"))) {
      assertThat(again.epoch()).isEqualTo(epoch).hasSize(12);
    }
  }

  @Test
  void renewedStoreIdIsAnotherEpoch() {
    DatabaseConfig config = TestPostgres.newDatabase();
    String epoch;
    try (Store store = Store.open(config, Path.of("unused"))) {
      epoch = store.epoch();
      store.database().text("update store set epoch = gen_random_uuid() returning epoch::text");
    }

    try (Store restored = Store.open(config, Path.of("unused"))) {
      assertThat(restored.epoch()).isNotEqualTo(epoch);
    }
  }

  @Test
  void embeddedServerKeepsWhatWasStoredAndAsksForItsPassword(@TempDir Path folder)
      throws SQLException {
    DatabaseConfig embedded = new DatabaseConfig("", "", "", 4);
    String epoch;
    try (Store store = Store.open(embedded, folder)) {
      epoch = store.epoch();
      String url = store.database().run(connection -> connection.getMetaData().getURL());
      assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(EmbeddedPostgres.connect(folder).isValid(1)).isTrue();
    }

    try (Store again = Store.open(embedded, folder)) {
      assertThat(again.epoch()).isEqualTo(epoch);
      assertThat(again.database().text("show fsync")).isEqualTo("on");
    }
  }

  @Test
  void dataFolderHasOneOwner(@TempDir Path folder) {
    DatabaseConfig embedded = new DatabaseConfig("", "", "", 4);

    try (Store _ = Store.open(embedded, folder)) {
      assertThatThrownBy(() -> Store.open(embedded, folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Tern runs in");
    }
  }

  @Test
  void postgresLeftBehindByAKilledServerIsStoppedFirst(@TempDir Path folder) throws Exception {
    killServer(folder);
    assertThat(EmbeddedPostgres.connect(folder).isValid(1)).isTrue();

    try (Store store = Store.open(new DatabaseConfig("", "", "", 4), folder)) {
      assertThat(store.database().isReachable()).isTrue();
    }
  }

  @Test
  void statementThatOutlivesAKilledPostgresIsBrokenOff(@TempDir Path folder) throws Exception {
    killServer(folder);
    Connection connection = EmbeddedPostgres.connect(folder);
    FutureTask<Boolean> last = new FutureTask<>(() -> countLong(connection));
    Thread.ofVirtual().start(last);
    awaitStatement(folder);

    postmaster(folder).destroyForcibly();

    try (Store store = Store.open(new DatabaseConfig("", "", "", 4), folder)) {
      assertThat(store.database().isReachable()).isTrue();
      assertThatThrownBy(last::get).hasCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void lossOfTheEmbeddedServerIsTold(@TempDir Path folder) throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    try (Store store = Store.open(new DatabaseConfig("", "", "", 4), folder)) {
      store.watch(lost::countDown);

      postmaster(folder).destroyForcibly();

      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ProcessHandle postmaster(Path folder) throws IOException {
    String pid = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void killServer(Path folder) throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(killed.waitFor()).isEqualTo(KilledServer.STATUS);
  }

  // Some seconds of work in which nothing looks whether the postmaster is still there.
  private static boolean countLong(Connection connection) throws SQLException {
    try (connection;
        var statement = connection.createStatement()) {
      return statement.execute("select count(*) from generate_series(1, 20000000)");
    }
  }

  private static void awaitStatement(Path folder) throws SQLException {
    try (Connection connection = EmbeddedPostgres.connect(folder);
        var statement = connection.createStatement()) {
      Eventually.holds("the statement runs", Duration.ofSeconds(10), () -> runsAnother(statement));
    }
  }

  private static boolean runsAnother(Statement statement) {
    try (var row =
        statement.executeQuery(
            "select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
                + " and backend_type = 'client backend'")) {
      return row.next();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
