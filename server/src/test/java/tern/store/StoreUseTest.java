// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line's way to the store: beside a node, and without one.
@Tag("slow")
final class StoreUseTest {
  private static final String TABLES =
      "select count(*) from information_schema.tables where table_name = 'api_key'";

  @TempDir private Path folder;

  @Test
  void withoutANodeTheStoreIsOpenedBroughtUpToDateAndLeftFree() {
    DatabaseConfig database = TestPostgres.newDatabase();

    String found = Store.use(database, folder, it -> it.text(TABLES));

    assertThat(found).isEqualTo("1");
    Store.open(database, folder).close();
  }

  @Test
  void besideANodeItsDatabaseIsUsedAndTheNodeKeepsIt() {
    DatabaseConfig database = TestPostgres.newDatabase();
    try (Store node = Store.open(database, folder)) {
      String found = Store.use(database, folder, it -> it.text(TABLES));

      assertThat(found).isEqualTo("1");
      assertThat(node.database().isReachable()).isTrue();
    }
  }
}
