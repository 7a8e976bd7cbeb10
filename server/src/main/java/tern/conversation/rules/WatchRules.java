// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.ResultSet;
import java.sql.SQLException;

/// How an OPEN conversation is watched.
///
/// @param access who may watch
/// @param grant what their access tokens must grant; empty but with [Access#GRANT]
/// @param watchersPost whether those who may watch may also post, edit and delete their own
public record WatchRules(Access access, String grant, boolean watchersPost) {
  /// The columns that [#read] wants, of a table that the statement calls `c`.
  static final String COLUMNS = "c.watch_access, c.watch_grant, c.watchers_post";

  /// Who may watch; the number is what the store keeps.
  public enum Access {
    /// Nobody: it is no OPEN conversation.
    NOBODY(0),
    /// Every user.
    PUBLIC(1),
    /// Whose access token grants it.
    GRANT(2),
    /// Who is on the conversation's list.
    LIST(3);

    private final int number;

    Access(int number) {
      this.number = number;
    }

    /// The number in the store.
    public int number() {
      return number;
    }

    private static Access of(int number) {
      for (Access access : values()) {
        if (access.number == number) {
          return access;
        }
      }
      throw new IllegalStateException("watch access " + number + " (expected: 0 to 3)");
    }
  }

  /// Reads the row that the cursor stands on.
  static WatchRules read(ResultSet row) throws SQLException {
    return new WatchRules(
        Access.of(row.getInt("watch_access")),
        row.getString("watch_grant"),
        row.getBoolean("watchers_post"));
  }
}
