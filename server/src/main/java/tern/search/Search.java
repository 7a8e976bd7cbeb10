// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Searches what a user may see, in one snapshot. What the index names is held against the message
/// as it stands, so nothing that was edited away or deleted is ever found.
///
/// Costs little whatever is asked: few searches run at once, of each user one, each for as long as
/// the setting says, in 500 conversations and 4,000 blocks of 1,024 messages at most. Blocks; for
/// virtual threads.
public final class Search {
  private final Database database;
  private final SearchableText texts;
  private final long timeoutMs;
  private final SearchTurns turns = new SearchTurns();

  /// @param texts knows what in a body is text
  public Search(Database database, SearchableText texts, SearchConfig config) {
    this.database = database;
    this.texts = texts;
    this.timeoutMs = config.timeout().toMillis();
  }

  // A row that the index named.
  private record Found(
      ConversationId conversation,
      long sequence,
      UserId sender,
      Instant createdAt,
      ByteString body) {}

  private record Rows(List<Found> found, boolean complete) {}

  /// Finds messages, newest first; empty when the conversation does not exist, or is none of the
  /// user's.
  ///
  /// Throws [StoreException], passing, when too many search or it takes too long.
  public Optional<SearchPage> find(UserId user, SearchQuery query) {
    return turns
        .take(
            user,
            () ->
                database.snapshot(
                    connection -> {
                      limit(connection);
                      return isForeign(connection, user, query.conversation())
                          ? Optional.<Rows>empty()
                          : Optional.of(read(connection, user, query));
                    }))
        .map(it -> page(it, query));
  }

  private void limit(Connection connection) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('statement_timeout', ?, true)")) {
      set.setString(1, Long.toString(timeoutMs));
      set.execute();
    }
  }

  private static boolean isForeign(
      Connection connection, UserId user, @Nullable ConversationId conversation)
      throws SQLException {
    if (conversation == null) {
      return false;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select from member where conversation_id = ? and user_id = ? and not removed")) {
      select.setObject(1, conversation.value());
      select.setString(2, user.value());
      try (ResultSet row = select.executeQuery()) {
        return !row.next();
      }
    }
  }

  private static Rows read(Connection connection, UserId user, SearchQuery query)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select h.conv, s.sequence, s.sender, s.created_at, s.body
            from search_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) h
            left join message s on s.conversation_id = h.conv and s.sequence = h.seq
            where h.conv is null or s.deleted_at is null
            order by h.conv is null desc, s.created_at desc, h.conv desc, s.sequence desc limit ?
            """)) {
      select.setString(1, user.value());
      select.setObject(2, value(query.conversation()), Types.OTHER);
      select.setString(3, query.sought().tsquery());
      UserId sender = query.sender();
      select.setString(4, sender == null ? null : sender.value());
      select.setTimestamp(5, Timestamp.from(query.from()));
      select.setTimestamp(6, Timestamp.from(query.until()));
      select.setTimestamp(7, query.page().map(it -> Timestamp.from(it.createdAt())).orElse(null));
      select.setObject(8, query.page().map(it -> it.conversation().value()).orElse(null));
      select.setObject(9, query.page().map(PageMark::sequence).orElse(null), Types.BIGINT);
      // One more than a page tells whether another follows.
      select.setInt(10, query.limit() + 1);
      select.setInt(11, query.limit() + 2);
      try (ResultSet row = select.executeQuery()) {
        return rows(row);
      }
    }
  }

  private static @Nullable UUID value(@Nullable ConversationId conversation) {
    return conversation == null ? null : conversation.value();
  }

  private static Rows rows(ResultSet row) throws SQLException {
    List<Found> found = new ArrayList<>();
    boolean complete = true;
    while (row.next()) {
      UUID conversation = row.getObject("conv", UUID.class);
      if (conversation == null) {
        complete = false;
      } else {
        found.add(
            new Found(
                new ConversationId(conversation),
                row.getLong("sequence"),
                new UserId(row.getString("sender")),
                row.getTimestamp("created_at").toInstant(),
                ByteString.copyFrom(row.getBytes("body"))));
      }
    }
    return new Rows(found, complete);
  }

  private SearchPage page(Rows rows, SearchQuery query) {
    List<Found> shown = rows.found().stream().limit(query.limit()).toList();
    List<SearchHit> hits = new ArrayList<>();
    for (Found it : shown) {
      query
          .sought()
          .in(texts.of(it.body()))
          .map(
              snippet ->
                  new SearchHit(
                      it.conversation(), it.sequence(), it.sender(), it.createdAt(), snippet))
          .ifPresent(hits::add);
    }
    String next = rows.found().size() > shown.size() ? mark(shown.getLast()).text() : "";
    return new SearchPage(hits, next, rows.complete());
  }

  private static PageMark mark(Found it) {
    return new PageMark(it.createdAt(), it.conversation(), it.sequence());
  }
}
