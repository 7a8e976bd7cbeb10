// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import tern.conversation.Role;
import tern.id.ConversationId;
import tern.store.Database;

/// Which roles may post, for hints such as typing, which come too often to ask the store about
/// each; a message itself is held against the store.
///
/// Remembers for ten seconds at most: a change on this node holds at once, one on another node
/// after that time. Bounded by the number of conversations. Blocks on a miss.
public final class PostingRules {
  private static final long MAX_REMEMBERED = 200_000;
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Database database;
  private final Cache<ConversationId, Role> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /// Reads from this database.
  public PostingRules(Database database) {
    this.database = database;
  }

  /// Whether the rules let members of this role post just now; who is muted is not in the rules.
  public boolean mayPost(ConversationId id, Role role) {
    return role.compareTo(remembered.get(id, this::read)) >= 0;
  }

  /// The rules may have changed: whoever asks from now on finds none that are older.
  public void forget(ConversationId id) {
    // Waits for a reading of the same conversation, which may have been before the change.
    remembered.invalidate(id);
  }

  // The least role that posts; in a frozen conversation no less than a moderator. In one that is
  // not there nobody posts anyway.
  private Role read(ConversationId id) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select greatest(post_role, case when frozen then 2 else 0 end)
                  from conversation where id = ?
                  """)) {
            select.setObject(1, id.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Role.of(row.getInt(1)) : Role.OWNER;
            }
          }
        });
  }
}
