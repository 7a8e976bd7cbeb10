// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// Erases what was said in deleted conversations that were too large to be erased in the
/// transaction of their deletion: so many messages at a time, that none of its transactions holds
/// up anybody. Deletes groups whose last member is gone, however they went, as their owner would
/// have. What a crash leaves is found again. One thread of its own.
public final class Eraser implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MESSAGES_AT_ONCE = 5_000;
  private static final int AT_ONE_LOOK = 20;

  private final Database database;
  private final int node;
  private final RepeatingTasks tasks = new RepeatingTasks("eraser");

  /// Erases in this database.
  ///
  /// @param node this node's number in the intake table
  public Eraser(Database database, int node) {
    this.database = database;
    this.node = node;
  }

  /// Begins.
  public Eraser start() {
    tasks.every(LOOK_EVERY, this::deleteLeft);
    tasks.every(LOOK_EVERY, this::erase);
    return this;
  }

  // Nobody can come into such a group any more, so nobody is overlooked.
  private void deleteLeft() {
    for (ConversationId id : left()) {
      database.transaction(connection -> Moderation.delete(connection, node, id, Optional.empty()));
    }
  }

  private List<ConversationId> left() {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select id from conversation
                  where kind = 2 and member_count = 0 and deleted_at is null limit ?
                  """)) {
            select.setInt(1, AT_ONE_LOOK);
            List<ConversationId> left = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                left.add(new ConversationId(row.getObject(1, UUID.class)));
              }
            }
            return left;
          }
        });
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
