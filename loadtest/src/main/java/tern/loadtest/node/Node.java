// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tern.loadtest.client.Address;

/// One life of the server under test, as a child process. Ends by [#stop], by [#kill], or with
/// this process: a shutdown hook of the [OwnNode] sees to that.
public final class Node {
  private static final String READY = "tern: ready on ";
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int LAST_LINES = 15;

  private final Process process;
  private final Path log;
  private final PostgresProcesses postgres;
  private final CompletableFuture<Address> ready = new CompletableFuture<>();

  private Node(Process process, Path log, PostgresProcesses postgres) {
    this.process = process;
    this.log = log;
    this.postgres = postgres;
    Thread.ofVirtual().start(this::read);
  }

  /// Starts a node; it is not yet ready.
  static Node launch(NodeSettings settings) {
    Path log = settings.dataDir().resolveSibling("node.log");
    ProcessBuilder builder = new ProcessBuilder(settings.command());
    builder.environment().putAll(settings.environment());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new Node(builder.start(), log, new PostgresProcesses(settings.dataDir()));
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + settings.command().getFirst(), e);
    }
  }

  /// Returns when it accepts connections.
  void awaitReady() {
    try {
      ready.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("the node did not start; its log ends:\n" + tail(), e);
    }
  }

  /// Where it listens.
  public Address address() {
    return ready.join();
  }

  /// Its process id.
  public long pid() {
    return process.pid();
  }

  /// The processes of its PostgreSQL.
  public PostgresProcesses postgres() {
    return postgres;
  }

  /// Whether it has neither been stopped nor ended by itself.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it with -9, and its PostgreSQL too if asked; returns when they are gone.
  public void kill(boolean withPostgres) {
    process.destroyForcibly();
    if (withPostgres) {
      postgres.kill();
    }
    process.onExit().join();
  }

  /// Asks it to end; insists after a while. Returns when it is gone, and its PostgreSQL with it.
  public void stop() {
    process.destroy();
    try {
      process.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException _) {
      kill(true);
    }
    postgres.kill();
  }

  // Reads on after the ready line, so that the node never waits for room in the pipe.
  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(Address.parse(line.substring(READY.length()).trim()));
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
    ready.completeExceptionally(new IllegalStateException("the node has ended"));
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
