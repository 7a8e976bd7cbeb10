// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.util.List;

/// Refuses a PostgreSQL that may forget what it has committed: "accepted is durable" would be a lie
/// there.
final class Durability {
  private static final int OLDEST_VERSION = 170_000;

  private Durability() {}

  /// Throws `IllegalStateException` that names what was found and what is needed.
  static void demand(Database database) {
    // transaction_timeout came with 17; cursors that are times rely on it.
    int version = Integer.parseInt(database.text("show server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new IllegalStateException(
          "PostgreSQL " + version / 10_000 + " (expected: 17 or newer)");
    }
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      String value = database.text("show " + setting);
      if (value.equals("off")) {
        throw new IllegalStateException(
            "PostgreSQL has "
                + setting
                + " = off (expected: on): a crash would lose accepted messages");
      }
    }
  }
}
