// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the PostgreSQL in a node's data folder listens, by its pid file, and the password that
/// lies beside it. The port changes with each start.
final class EmbeddedStore {
  private static final int PORT_LINE = 3;

  private EmbeddedStore() {}

  static String jdbcUrl(Path dataDir) {
    try {
      String port =
          Files.readAllLines(dataDir.resolve("postgres").resolve("postmaster.pid"))
              .get(PORT_LINE)
              .trim();
      String password = Files.readString(dataDir.resolve("postgres-password")).trim();
      return "jdbc:postgresql://127.0.0.1:"
          + port
          + "/postgres?user=postgres&password="
          + URLEncoder.encode(password, StandardCharsets.UTF_8);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new UncheckedIOException(
          "no PostgreSQL runs in " + dataDir,
          e instanceof IOException io ? io : new IOException(e));
    }
  }
}
