// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.push.PushContent;

/// Reads the messages that pushes are about. Many conversations in one statement.
public final class NewsTable {
  private static final int DIRECT = 1;
  private static final int OPEN = 4;

  private final Function<ByteString, PushContent> contents;

  /// @param contents reads an encoded body
  public NewsTable(Function<ByteString, PushContent> contents) {
    this.contents = contents;
  }

  /// Of each conversation the newest messages in the range.
  ///
  /// @param most of one conversation
  /// @param now by this node's clock, in which times are told whatever the store's says
  public Map<ConversationId, ConversationNews> read(
      Connection connection, Map<ConversationId, SequenceRange> asked, int most, Instant now)
      throws SQLException {
    List<ConversationId> ids = List.copyOf(asked.keySet());
    List<SequenceRange> ranges =
        ids.stream().map(asked::get).map(java.util.Objects::requireNonNull).toList();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.id, c.kind, c.name, c.push_content, s.*
            from unnest(?::uuid[], ?::bigint[], ?::bigint[]) q(conv, first, last)
            join conversation c on c.id = q.conv
            cross join lateral (
              select s.sequence, s.sender, s.system, s.deleted_at is not null deleted, s.body,
                extract(epoch from clock_timestamp() - s.created_at) age
              from message s where s.conversation_id = q.conv and s.sequence between q.first and q.last
              order by s.sequence desc limit ?) s
            order by c.id, s.sequence
            """)) {
      select.setArray(1, TargetTable.array(connection, "uuid", ids, ConversationId::value));
      select.setArray(2, TargetTable.array(connection, "bigint", ranges, SequenceRange::first));
      select.setArray(3, TargetTable.array(connection, "bigint", ranges, SequenceRange::last));
      select.setInt(4, most);
      try (ResultSet row = select.executeQuery()) {
        return conversations(row, now);
      }
    }
  }

  private Map<ConversationId, ConversationNews> conversations(ResultSet row, Instant now)
      throws SQLException {
    Map<ConversationId, ConversationNews> found = new HashMap<>();
    boolean more = row.next();
    while (more) {
      ConversationNews news = conversation(row);
      List<PushableMessage> messages = new ArrayList<>();
      while (more && news.id().value().equals(row.getObject("id", UUID.class))) {
        messages.add(message(row, now));
        more = row.next();
      }
      found.put(news.id(), news.with(messages));
    }
    return found;
  }

  /// How these users call themselves; who has no profile, or no name in it, is missing.
  public static Map<UserId, String> names(Connection connection, Collection<UserId> users)
      throws SQLException {
    Map<UserId, String> names = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select user_id, name from profile where user_id = any(?) and name <> ''")) {
      select.setArray(1, TargetTable.array(connection, "text", users, UserId::value));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.put(new UserId(row.getString(1)), row.getString(2));
        }
      }
    }
    return names;
  }

  private static ConversationNews conversation(ResultSet row) throws SQLException {
    int kind = row.getInt("kind");
    @Nullable Object content = row.getObject("push_content");
    return new ConversationNews(
        new ConversationId(row.getObject("id", UUID.class)),
        kind != OPEN,
        kind == DIRECT,
        row.getString("name"),
        content == null ? Optional.empty() : Optional.of(((Number) content).intValue()),
        List.of());
  }

  private PushableMessage message(ResultSet row, Instant now) throws SQLException {
    Duration age = Duration.ofMillis(Math.max(0, Math.round(row.getDouble("age") * 1_000)));
    return new PushableMessage(
        row.getLong("sequence"),
        new UserId(row.getString("sender")),
        now.minus(age),
        row.getBoolean("deleted"),
        row.getBoolean("system"),
        contents.apply(ByteString.copyFrom(row.getBytes("body"))));
  }
}
