// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tern.id.ConversationId;
import tern.message.StoredMessage;

/// The messages that are new or changed since a position, in the order of their revisions, up to a
/// page's bounds.
///
/// @param complete whether these are all
/// @param through the revision of the last one taken
/// @param sequence the highest sequence that stood at `through`; says nothing when these are all
record ChangedMessages(
    List<StoredMessage> messages, boolean complete, long through, long sequence) {

  /// @param visibleFrom what lies before is passed over
  static ChangedMessages read(
      Connection connection, ConversationId id, Position after, long visibleFrom, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + StoredMessage.COLUMNS
                + """
                 from (
                  (select * from message where conversation_id = ? and sequence > ? and not changed
                   order by sequence limit ?)
                  union all
                  (select * from message where conversation_id = ? and revision > ? and changed
                   order by revision limit ?)) s
                order by s.revision limit ?
                """)) {
      select.setObject(1, id.value());
      select.setLong(2, after.sequence());
      select.setInt(3, limit + 1);
      select.setObject(4, id.value());
      select.setLong(5, after.revision());
      select.setInt(6, limit + 1);
      select.setInt(7, limit + 1);
      try (ResultSet row = select.executeQuery()) {
        ChangedMessages page = cut(row, after, visibleFrom, limit);
        return page.complete()
            ? page
            : new ChangedMessages(
                page.messages(),
                false,
                page.through(),
                StoredMessage.headAt(connection, id, page.through()));
      }
    }
  }

  private static ChangedMessages cut(ResultSet row, Position after, long visibleFrom, int limit)
      throws SQLException {
    List<StoredMessage> messages = new ArrayList<>();
    int taken = 0;
    int bytes = 0;
    long through = after.revision();
    while (row.next()) {
      StoredMessage message = StoredMessage.read(row);
      bytes += message.weight();
      if (taken == limit || (taken > 0 && bytes > Page.MAX_BYTES)) {
        return new ChangedMessages(messages, false, through, after.sequence());
      }
      taken++;
      // Not below where the client stands, whatever it says of its sequence.
      through = Math.max(through, message.revision());
      if (message.sequence() >= visibleFrom) {
        messages.add(message);
      }
    }
    return new ChangedMessages(messages, true, through, after.sequence());
  }
}
