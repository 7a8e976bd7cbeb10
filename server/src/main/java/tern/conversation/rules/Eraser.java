// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// Erases what was said in deleted conversations that were too large to be erased in the
/// transaction of their deletion: so many messages at a time, that none of its transactions holds
/// up anybody. What a crash leaves is found again. One thread of its own.
public final class Eraser implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MESSAGES_AT_ONCE = 5_000;
  private static final int AT_ONE_LOOK = 20;

  private final Database database;
  private final RepeatingTasks tasks = new RepeatingTasks("eraser");

  /// Erases in this database.
  public Eraser(Database database) {
    this.database = database;
  }

  /// Begins.
  public Eraser start() {
    tasks.every(LOOK_EVERY, this::erase);
    return this;
  }

  private void erase() {
    int times = 0;
    while (times < AT_ONE_LOOK && eraseSome()) {
      times++;
    }
    if (times > 0) {
      LOG.atInfo().addKeyValue("transactions", times).log("erasing deleted conversations");
    }
  }

  // Returns whether there was something to erase.
  private boolean eraseSome() {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select erase_v1(id, ?) from (select id from conversation
                    where deleted_at is not null and not erased limit 1) c
                  """)) {
            select.setInt(1, MESSAGES_AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
              return row.next();
            }
          }
        });
  }

  /// Ends; what is left is erased after the next start.
  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}
