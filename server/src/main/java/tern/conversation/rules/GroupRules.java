// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import tern.conversation.Role;

/// Who may do what in a group or an OPEN conversation; says nothing of a conversation of two.
///
/// @param toPost the least role that posts and edits
/// @param toAdd the least role that adds members
/// @param toChange the least role that changes name, image and metadata
/// @param toPin the least role that pins
/// @param toRemove the least role that removes others; never an owner, nor anybody of a higher role
/// @param toDelete the least role that deletes what others have sent and reads its earlier
///     versions; members never those of anybody of a higher role
/// @param frozen whether only moderators and owners post, edit and react
/// @param slowMode how long a member waits between two messages, whole seconds to a day; zero: not
///     at all
/// @param watching who may watch; of OPEN conversations
public record GroupRules(
    Role toPost,
    Role toAdd,
    Role toChange,
    Role toPin,
    Role toRemove,
    Role toDelete,
    boolean frozen,
    Duration slowMode,
    WatchRules watching) {
  /// The longest slow mode.
  public static final Duration MAX_SLOW_MODE = Duration.ofDays(1);

  /// The columns that [#read] wants, of a table that the statement calls `c`.
  public static final String COLUMNS =
      "c.post_role, c.add_role, c.settings_role, c.pin_role, c.remove_role, "
          + "c.delete_role, c.frozen, c.slow_mode_seconds, "
          + WatchRules.COLUMNS;

  /// Reads the row that the cursor stands on.
  public static GroupRules read(ResultSet row) throws SQLException {
    return new GroupRules(
        Role.of(row.getInt("post_role")),
        Role.of(row.getInt("add_role")),
        Role.of(row.getInt("settings_role")),
        Role.of(row.getInt("pin_role")),
        Role.of(row.getInt("remove_role")),
        Role.of(row.getInt("delete_role")),
        row.getBoolean("frozen"),
        Duration.ofSeconds(row.getInt("slow_mode_seconds")),
        WatchRules.read(row));
  }
}
