// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.push.text.ContentLevel;
import tern.store.Database;

/// What the app lets pushes about single conversations tell. Blocks; for virtual threads.
public final class ContentRules {
  private final Database database;

  /// Works on this database.
  public ContentRules(Database database) {
    this.database = database;
  }

  /// What holds for one conversation.
  ///
  /// @param own empty: as the settings say
  public record Rule(Optional<ContentLevel> own) {}

  /// What holds for a conversation; empty when there is none.
  public Optional<Rule> read(ConversationId id) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select push_content from conversation where id = ? and deleted_at is null")) {
            select.setObject(1, id.value());
            return rule(select);
          }
        });
  }

  /// Gives a conversation a rule of its own, or takes it away where that is empty; returns what
  /// holds then, empty when there is no such conversation.
  public Optional<Rule> set(ConversationId id, Optional<ContentLevel> content) {
    return database.run(connection -> set(connection, id, content));
  }

  private static Optional<Rule> set(
      Connection connection, ConversationId id, Optional<ContentLevel> content)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update conversation set push_content = ? where id = ? and deleted_at is null"
                + " returning push_content")) {
      @Nullable Integer number = content.map(ContentLevel::number).orElse(null);
      update.setObject(1, number, Types.SMALLINT);
      update.setObject(2, id.value());
      return rule(update);
    }
  }

  private static Optional<Rule> rule(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      int number = row.getInt(1);
      return Optional.of(
          new Rule(row.wasNull() ? Optional.empty() : Optional.of(ContentLevel.of(number))));
    }
  }
}
