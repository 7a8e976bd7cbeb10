// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.nio.file.Path;

/// A process that starts PostgreSQL and ends without stopping it, as kill -9 would.
final class KilledServer {
  static final int STATUS = 9;

  private KilledServer() {}

  public static void main(String[] arguments) {
    EmbeddedPostgres.start(Path.of(arguments[0]));
    Runtime.getRuntime().halt(STATUS);
  }
}
