// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;

/// Reads how much users have not read. Many in one statement.
final class UnreadTable {
  // Only who blocks somebody needs their messages left out one by one. A conversation whose last
  // message is the user's own has been read by writing it, unless they marked it as unread since.
  private static final String SELECT =
      """
      select u.user_id, u.asked, coalesce(sum(u.unread) filter (where u.counts), 0) badge,
        max(u.unread) unread
      from (
        select m.user_id, case when c.id = any(q.asked) then c.id end asked,
          case when q.blocks then unread_for_v1(m.user_id, c.id, m.read_sequence, n.unread)
            else n.unread end unread,
          %s and (m.unread_head >= c.last_sequence
            or (select s.sender = m.user_id and not s.system from message s
              where s.conversation_id = c.id and s.sequence = c.last_sequence) is not true) counts
        from (select usr, string_to_array(convs, ' ')::uuid[] asked, exists (select from relation r
            where r.user_id = usr and r.blocked_at is not null) blocks
          from unnest(?::text[], ?::text[]) u(usr, convs)) q
        join member m on m.user_id = q.usr and not m.removed
        join conversation c on c.id = m.conversation_id and c.countable > m.read_countable
        cross join lateral unread_row_v1(c.id, c.countable, m.user_id, m.read_countable,
          m.read_sequence, m.unread_head) n) u
      group by 1, 2
      """
          .formatted(InboxList.MAIN.condition());

  private UnreadTable() {}

  /// See [Inbox#unread].
  static Map<UserId, Unread> read(Connection connection, Map<UserId, Set<ConversationId>> asked)
      throws SQLException {
    Map<UserId, Unread> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, texts(connection, asked.keySet().stream().map(UserId::value)));
      select.setArray(2, texts(connection, asked.values().stream().map(UnreadTable::list)));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.merge(new UserId(row.getString("user_id")), read(row), UnreadTable::sum);
        }
      }
    }
    return found;
  }

  private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static String list(Set<ConversationId> conversations) {
    return conversations.stream().map(ConversationId::toString).collect(Collectors.joining(" "));
  }

  private static Unread read(ResultSet row) throws SQLException {
    @Nullable UUID asked = row.getObject("asked", UUID.class);
    return new Unread(
        row.getLong("badge"),
        asked == null ? Map.of() : Map.of(new ConversationId(asked), row.getInt("unread")));
  }

  private static Unread sum(Unread one, Unread other) {
    Map<ConversationId, Integer> conversations = new HashMap<>(one.conversations());
    conversations.putAll(other.conversations());
    return new Unread(one.badge() + other.badge(), conversations);
  }
}
