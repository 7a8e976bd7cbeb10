// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.quote;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.MessageState;
import tern.message.StoredMessage;

/// Finds what the messages of a page answer and the page itself does not hold: one look-up by
/// primary key for all of them, in the page's own snapshot. Blocks; for virtual threads.
public final class Quotes {
  private final RepliedTo repliedTo;

  /// Reads bodies with this.
  public Quotes(RepliedTo repliedTo) {
    this.repliedTo = repliedTo;
  }

  /// One for each message outside of the page that one of the page answers, ascending; so at most
  /// as many as the page has messages.
  ///
  /// @param visibleFrom what lies before is not for the reader
  public List<Quote> of(
      Connection connection, ConversationId id, long visibleFrom, List<StoredMessage> page)
      throws SQLException {
    SortedMap<Long, Quote> quotes = new TreeMap<>();
    for (long sequence : answered(page)) {
      quotes.put(sequence, new Quote.Unavailable(sequence));
    }
    Object[] readable = quotes.keySet().stream().filter(it -> it >= visibleFrom).toArray();
    if (readable.length > 0) {
      read(connection, id, readable, quotes);
    }
    return List.copyOf(quotes.values());
  }

  private SortedSet<Long> answered(List<StoredMessage> page) {
    Set<Long> held = new HashSet<>();
    SortedSet<Long> answered = new TreeSet<>();
    for (StoredMessage message : page) {
      held.add(message.sequence());
      answered.add(repliedTo.of(message.body()));
    }
    answered.removeAll(held);
    answered.remove(0L);
    return answered;
  }

  private static void read(
      Connection connection, ConversationId id, Object[] sequences, SortedMap<Long, Quote> quotes)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select s.sequence, s.revision, s.sender, s.body, "
                + MessageState.COLUMNS
                + " from message s where s.conversation_id = ? and s.sequence = any(?)")) {
      select.setObject(1, id.value());
      select.setArray(2, connection.createArrayOf("bigint", sequences));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Quote.Shown quote = quote(row);
          quotes.put(quote.sequence(), quote);
        }
      }
    }
  }

  private static Quote.Shown quote(ResultSet row) throws SQLException {
    return new Quote.Shown(
        row.getLong("sequence"),
        row.getLong("revision"),
        new UserId(row.getString("sender")),
        MessageState.read(row),
        ByteString.copyFrom(row.getBytes("body")));
  }
}
