// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tern.loadtest.client.Address;

/// A node of our own in a temporary folder, that may be killed and started again on the same port.
/// Everything ends and is deleted on [#close], and at Ctrl-C.
public final class OwnNode implements AutoCloseable {
  // By which a node knows that it is loadtest's, and that it may be told to leave work undone.
  private static final String MARK = "loadtest";

  private final Path folder;
  private final String secret;
  private final List<String> jvmOptions;
  private final Map<String, String> settings;
  private final Thread hook;
  private volatile Node node;

  private OwnNode(
      Path folder, String secret, List<String> jvmOptions, Map<String, String> settings) {
    this.folder = folder;
    this.secret = secret;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.settings = Map.copyOf(settings);
    this.hook = new Thread(this::end);
    this.node = launch(0);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Makes the folder and starts the first node in it; returns when it is ready.
  ///
  /// @param jvmOptions beside those that every node has
  public static OwnNode start(String secret, List<String> jvmOptions) {
    return start(secret, jvmOptions, Map.of());
  }

  /// The same, with settings.
  ///
  /// @param settings by the names of environment variables
  public static OwnNode start(
      String secret, List<String> jvmOptions, Map<String, String> settings) {
    try {
      Path folder = Files.createTempDirectory("tern-loadtest-");
      Files.createFile(Files.createDirectory(folder.resolve("data")).resolve(MARK));
      OwnNode own = new OwnNode(folder, secret, jvmOptions, settings);
      own.node.awaitReady();
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException("can't make a temporary folder", e);
    }
  }

  /// The node that runs now.
  public Node node() {
    return node;
  }

  /// Where it listens, in all of its lives.
  public Address address() {
    return node.address();
  }

  /// Where its PostgreSQL keeps its files.
  public Path dataDir() {
    return folder.resolve("data");
  }

  /// Starts it again on the same port, after a kill.
  public void restart() {
    node = launch(node.address().port());
    node.awaitReady();
  }

  private Node launch(int port) {
    return Node.launch(new NodeSettings(dataDir(), secret, port, jvmOptions, settings));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    end();
  }

  private void end() {
    node.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("can't delete " + folder + ": " + e.getMessage());
    }
  }
}
