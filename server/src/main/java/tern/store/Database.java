// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/// The way to PostgreSQL: a pool for requests, and single connections for those who keep one (the
/// intake).
///
/// Every call blocks its thread, so callers are virtual threads or threads of their own, never
/// event loops. Any failure is a [StoreException].
public final class Database implements AutoCloseable {
  /// No transaction of Tern's lasts longer; cursors that are times rely on it.
  public static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

  // For what the node does by itself, one thread each: announcing, settling, moving markers,
  // telling of lists, of receipts and of presence, looking for revoked tokens, indexing,
  // moderating, keeping devices' marks, keeping how pushes ended, seeing to young ones, and health;
  // two look for due pushes.
  private static final int OWN = 15;

  private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(3);

  // Tern asks only for what an index answers. A plan made while the tables were empty must not
  // become a sequential scan of large ones, and planning costs more than running such statements.
  private static final String SESSION_SETTINGS =
      "-c transaction_timeout=%1$d -c statement_timeout=%1$d -c lock_timeout=3000"
              .formatted(LONGEST_TRANSACTION.toMillis())
          + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off"
          + " -c enable_mergejoin=off -c jit=off -c TimeZone=UTC";

  private final String url;
  private final Properties properties;
  private final HikariDataSource pool;

  /// Opens the pool; waits for the first connection and fails when there is none.
  public Database(DatabaseConfig config) {
    url = config.jdbcUrl();
    properties = properties(config);
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("tern");
    hikari.setJdbcUrl(url);
    hikari.setDataSourceProperties(properties);
    hikari.setMaximumPoolSize(config.poolSize() + OWN);
    hikari.setMinimumIdle(Math.min(4, config.poolSize()));
    hikari.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
    hikari.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
    pool = new HikariDataSource(hikari);
  }

  private static Properties properties(DatabaseConfig config) {
    Properties properties = new Properties();
    if (!config.user().isEmpty()) {
      properties.setProperty("user", config.user());
    }
    if (!config.password().isEmpty()) {
      properties.setProperty("password", config.password());
    }
    properties.setProperty("ApplicationName", "tern");
    properties.setProperty("options", SESSION_SETTINGS);
    properties.setProperty("connectTimeout", "3");
    // Longer than any transaction may last: only a dead network stays silent for so long.
    properties.setProperty("socketTimeout", Long.toString(LONGEST_TRANSACTION.toSeconds() + 5));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("reWriteBatchedInserts", "true");
    // A detail may quote a row.
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  /// What is done with a connection when nobody waits for an answer.
  @FunctionalInterface
  public interface Change {
    /// Runs on the caller's thread.
    void on(Connection connection) throws SQLException;
  }

  /// Runs `work` with a pooled connection, each statement its own transaction.
  public <T> T run(SqlWork<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  /// Runs `work` in one transaction, which is kept if `work` returns and undone if it throws.
  public <T> T transaction(SqlWork<T> work) {
    return run(connection -> inTransaction(connection, work));
  }

  /// Runs `change` in one transaction, which is kept if it returns and undone if it throws.
  public void change(Change change) {
    var _ =
        transaction(
            connection -> {
              change.on(connection);
              return true;
            });
  }

  /// Runs `work`, which only reads, so that all its statements see the same moment.
  public <T> T snapshot(SqlWork<T> work) {
    return run(
        connection -> {
          connection.setReadOnly(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          try {
            return inTransaction(connection, work);
          } finally {
            if (!connection.isClosed()) {
              connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
              connection.setReadOnly(false);
            }
          }
        });
  }

  /// Runs `work` on a connection of the caller's own, in one transaction.
  public static <T> T inTransaction(Connection connection, SqlWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T answer = work.on(connection);
      connection.commit();
      done = true;
      return answer;
    } finally {
      if (!connection.isClosed()) {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /// Opens a connection that the caller keeps and closes.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  /// For libraries that want one, such as the migrations.
  DataSource pool() {
    return pool;
  }

  /// Whether the store answers within a second.
  public boolean isReachable() {
    try {
      return run(connection -> connection.isValid(1));
    } catch (StoreException _) {
      return false;
    }
  }

  /// Asks for one text; for settings and the like.
  public String text(String sql) {
    return run(
        connection -> {
          try (var statement = connection.prepareStatement(sql);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  @Override
  public void close() {
    pool.close();
  }
}
