// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tern.auth.TokenIssuer;
import tern.id.UserId;
import tern.store.DatabaseConfig;
import tern.store.TestPostgres;

/// A whole node in this JVM, on a port and a database of its own.
public final class TestNode implements AutoCloseable {
  private static final String SECRET = "a secret for tests that is long enough";

  private final TernConfig config;
  private final TernServer server;

  private TestNode(TernConfig config, Clock clock) {
    this.config = config;
    this.server = new TernServer(config, config.auth().forServe(), true, clock);
  }

  /// Starts a node with the default settings.
  public static TestNode start() {
    return start(Map.of());
  }

  /// Starts a node with some settings changed, named as in the environment.
  public static TestNode start(Map<String, String> changed) {
    return start(TestPostgres.newMigratedDatabase(), changed);
  }

  /// Starts a node whose pushes go by this clock.
  public static TestNode start(Map<String, String> changed, Clock clock) {
    return start(TestPostgres.newMigratedDatabase(), changed, clock);
  }

  /// Starts a node on this database.
  public static TestNode start(DatabaseConfig database, Map<String, String> changed) {
    return start(database, changed, Clock.systemUTC());
  }

  private static TestNode start(DatabaseConfig database, Map<String, String> changed, Clock clock) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TERN_HTTP_PORT", "0");
    environment.put("TERN_HTTP_EVENT_LOOPS", "2");
    environment.put("TERN_AUTH_SECRET", SECRET);
    environment.put("TERN_DATABASE_URL", database.url());
    environment.put("TERN_DATABASE_USER", database.user());
    environment.put("TERN_DATABASE_PASSWORD", database.password());
    environment.put("TERN_LIMITS_MESSAGES_PER_SECOND", "100000");
    environment.put("TERN_LIMITS_MESSAGES_BURST", "100000");
    environment.put("TERN_GATEWAY_FRAMES_PER_SECOND", "100000");
    environment.put("TERN_GATEWAY_FRAMES_BURST", "100000");
    environment.put("TERN_GATEWAY_DRAIN_SPREAD", "100ms");
    environment.put("TERN_SEARCH_PER_SECOND", "1000");
    environment.put("TERN_SEARCH_BURST", "1000");
    environment.putAll(changed);
    return new TestNode(Settings.read(environment, Path.of("no tern.yaml")), clock);
  }

  /// The database it stands on, for looking in or for another node after this one.
  public DatabaseConfig database() {
    return config.database();
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// An access token of the user, good for so long.
  public String token(String user, Duration lifetime) {
    return token(user, lifetime, Clock.systemUTC());
  }

  /// An access token of the user, issued when this clock says, and good for so long.
  public String token(String user, Duration lifetime, Clock clock) {
    return new TokenIssuer(config.auth().forServe()).issue(new UserId(user), lifetime, clock);
  }

  /// An access token of the user that grants these to watch.
  public String tokenGranting(String user, String... grants) {
    return new TokenIssuer(config.auth().forServe())
        .issue(new UserId(user), Duration.ofHours(1), Clock.systemUTC(), Set.of(grants));
  }

  /// A connected, welcomed client of the user, on a device and instance of its own.
  public TestClient connect(String user) {
    return TestClient.connect(this, user, user + "-phone", "main");
  }

  @Override
  public void close() {
    server.close();
  }
}
