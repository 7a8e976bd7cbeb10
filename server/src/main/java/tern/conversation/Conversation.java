// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tern.conversation.rules.GroupRules;
import tern.id.ConversationId;

/// A conversation's own state, without its messages.
///
/// @param key the app's own unique name for it, or empty
/// @param imageUrl an address, or empty
/// @param metadata the app's own
/// @param rules who may do what in a group
/// @param settingsRevision the revision that last changed these fields
/// @param joinableByKey whether whoever knows its key may join it
public record Conversation(
    ConversationId id,
    ConversationKind kind,
    String key,
    String name,
    String imageUrl,
    Map<String, String> metadata,
    HistoryVisibility historyVisibility,
    GroupRules rules,
    Instant createdAt,
    long settingsRevision,
    int memberCount,
    boolean joinableByKey) {
  /// The columns that [#read] wants, of a table that the statement calls `c`.
  public static final String COLUMNS =
      """
      c.id, c.kind, c.key, c.name, c.image_url, c.metadata, c.history_visibility, c.created_at,
      c.settings_revision, c.member_count, c.joinable_by_key,
      """
          + GroupRules.COLUMNS;

  /// Keeps its own copy.
  public Conversation {
    metadata = Map.copyOf(metadata);
  }

  /// Reads the row that the cursor stands on.
  public static Conversation read(ResultSet row) throws SQLException {
    return new Conversation(
        new ConversationId(row.getObject("id", UUID.class)),
        ConversationKind.of(row.getInt("kind")),
        row.getString("key"),
        row.getString("name"),
        row.getString("image_url"),
        metadata((String[]) row.getArray("metadata").getArray()),
        HistoryVisibility.of(row.getInt("history_visibility")),
        GroupRules.read(row),
        row.getTimestamp("created_at").toInstant(),
        row.getLong("settings_revision"),
        row.getInt("member_count"),
        row.getBoolean("joinable_by_key"));
  }

  private static Map<String, String> metadata(String[] kept) {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < kept.length; i += 2) {
      metadata.put(kept[i], kept[i + 1]);
    }
    return metadata;
  }
}
