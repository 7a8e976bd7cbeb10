// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.StoredMessage;
import tern.message.history.Messages.Room;
import tern.message.quote.Quotes;
import tern.store.Database;

/// Reads what was said, by sequence. Blocks; for virtual threads.
public final class History {
  private final Database database;
  private final Quotes quotes;

  /// Reads from this database.
  public History(Database database, Quotes quotes) {
    this.database = database;
    this.quotes = quotes;
  }

  /// Where a page lies.
  public sealed interface Where {
    /// The nearest before a sequence.
    record Before(long sequence) implements Where {}

    /// The nearest after a sequence.
    record After(long sequence) implements Where {}

    /// A sequence and its neighbours.
    record Around(long sequence) implements Where {}
  }

  private record Bounds(long first, long last, long revision) {
    boolean isAny() {
      return first <= last;
    }
  }

  /// Reads a page of at most `limit`, 1 to 100, that the reader may see. Empty when there is no
  /// such conversation, or none that the reader is a member of or may watch.
  ///
  /// @param grants what the reader's access token lets them watch
  public Optional<HistoryPage> read(
      ConversationId id, UserId reader, Set<String> grants, Where where, int limit) {
    return database.snapshot(
        connection -> {
          Optional<Bounds> bounds = bounds(connection, id, reader);
          if (bounds.isEmpty()) {
            bounds = watchedBounds(connection, id, reader, grants);
          }
          if (bounds.isEmpty()) {
            return Optional.empty();
          }
          Bounds visible = bounds.get();
          List<StoredMessage> messages = messages(connection, id, where, visible.first(), limit);
          return Optional.of(
              new HistoryPage(
                  OwnReactions.with(connection, id, reader, messages),
                  hasBefore(messages, visible, where),
                  hasAfter(messages, visible, where),
                  visible.revision(),
                  quotes.of(connection, id, visible.first(), messages)));
        });
  }

  /// Reads a page of at most `limit`, 1 to 100, of an OPEN conversation, for somebody who is known
  /// to watch it. Empty when there is no such conversation.
  public Optional<HistoryPage> readOpen(ConversationId id, Where where, int limit) {
    return database.snapshot(
        connection -> {
          Optional<Bounds> bounds = openBounds(connection, id);
          if (bounds.isEmpty()) {
            return Optional.empty();
          }
          Bounds visible = bounds.get();
          List<StoredMessage> messages = messages(connection, id, where, visible.first(), limit);
          return Optional.of(
              new HistoryPage(
                  messages,
                  hasBefore(messages, visible, where),
                  hasAfter(messages, visible, where),
                  visible.revision(),
                  quotes.of(connection, id, visible.first(), messages)));
        });
  }

  /// Reads one message; empty when there is none, or none that the reader may see. Who is no member
  /// of an OPEN conversation sees in this way what is their own.
  public Optional<StoredMessage> read(ConversationId id, UserId reader, long sequence) {
    return database.snapshot(
        connection -> {
          Optional<Bounds> bounds = bounds(connection, id, reader);
          return bounds.isPresent()
              ? one(connection, id, bounds.get(), sequence)
              : own(connection, id, reader, sequence);
        });
  }

  private static Optional<StoredMessage> own(
      Connection connection, ConversationId id, UserId reader, long sequence) throws SQLException {
    Optional<Bounds> bounds = openBounds(connection, id);
    return bounds.isEmpty()
        ? Optional.empty()
        : one(connection, id, bounds.get(), sequence).filter(it -> it.sender().equals(reader));
  }

  private static Optional<StoredMessage> one(
      Connection connection, ConversationId id, Bounds bounds, long sequence) throws SQLException {
    return Messages.after(connection, id, sequence - 1, bounds.first(), new Room(1, Page.MAX_BYTES))
        .stream()
        .filter(it -> it.sequence() == sequence)
        .findFirst();
  }

  /// Reads the pinned ones before a sequence, the nearest, of at most `limit`, 1 to 100. Empty when
  /// there is no such conversation, or none of the reader's.
  public Optional<HistoryPage> readPinned(
      ConversationId id, UserId reader, long before, int limit) {
    return database.snapshot(
        connection -> {
          Optional<Bounds> bounds = bounds(connection, id, reader);
          if (bounds.isEmpty()) {
            return Optional.empty();
          }
          Bounds visible = bounds.get();
          List<StoredMessage> pinned =
              Messages.pinnedBefore(
                  connection, id, before, visible.first(), new Room(limit, Page.MAX_BYTES));
          return Optional.of(
              new HistoryPage(
                  OwnReactions.with(connection, id, reader, pinned),
                  isPinnedBefore(connection, id, pinned, visible),
                  before <= visible.last(),
                  visible.revision(),
                  quotes.of(connection, id, visible.first(), pinned)));
        });
  }

  private static boolean isPinnedBefore(
      Connection connection, ConversationId id, List<StoredMessage> page, Bounds visible)
      throws SQLException {
    return !page.isEmpty()
        && !Messages.pinnedBefore(
                connection,
                id,
                page.getFirst().sequence(),
                visible.first(),
                new Room(1, Page.MAX_BYTES))
            .isEmpty();
  }

  // Of an empty page everything lies on the side that was not asked for.
  private static boolean hasBefore(List<StoredMessage> messages, Bounds visible, Where where) {
    return messages.isEmpty()
        ? visible.isAny() && !(where instanceof Where.Before)
        : messages.getFirst().sequence() > visible.first();
  }

  private static boolean hasAfter(List<StoredMessage> messages, Bounds visible, Where where) {
    return messages.isEmpty()
        ? visible.isAny() && where instanceof Where.Before
        : messages.getLast().sequence() < visible.last();
  }

  private static List<StoredMessage> messages(
      Connection connection, ConversationId id, Where where, long first, int limit)
      throws SQLException {
    return switch (where) {
      case Where.Before(long sequence) ->
          Messages.before(connection, id, sequence, first, new Room(limit, Page.MAX_BYTES));
      case Where.After(long sequence) ->
          Messages.after(connection, id, sequence, first, new Room(limit, Page.MAX_BYTES));
      case Where.Around(long sequence) -> around(connection, id, sequence, first, limit);
    };
  }

  // Half on each side; where one side has fewer, the other gets their places.
  private static List<StoredMessage> around(
      Connection connection, ConversationId id, long sequence, long first, int limit)
      throws SQLException {
    int bytes = Page.MAX_BYTES / 2;
    List<StoredMessage> earlier =
        Messages.before(connection, id, sequence, first, new Room(limit / 2, bytes));
    List<StoredMessage> later =
        Messages.after(
            connection, id, sequence - 1, first, new Room(limit - earlier.size(), bytes));
    if (earlier.size() + later.size() < limit) {
      earlier =
          Messages.before(connection, id, sequence, first, new Room(limit - later.size(), bytes));
    }
    List<StoredMessage> around = new ArrayList<>(earlier);
    around.addAll(later);
    return around;
  }

  private static Optional<Bounds> bounds(Connection connection, ConversationId id, UserId reader)
      throws SQLException {
    if (reader.equals(UserId.BUSINESS)) {
      return allBounds(connection, id);
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select greatest(m.visible_from, c.first_sequence), c.last_sequence, c.revision
            from conversation c join member m on m.conversation_id = c.id
            where c.id = ? and m.user_id = ? and not m.removed
            """)) {
      select.setObject(1, id.value());
      select.setString(2, reader.value());
      return bounds(select);
    }
  }

  // For the app's backend, which is a member of none.
  private static Optional<Bounds> allBounds(Connection connection, ConversationId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.first_sequence, c.last_sequence, c.revision
            from conversation c where c.id = ? and c.deleted_at is null
            """)) {
      select.setObject(1, id.value());
      return bounds(select);
    }
  }

  private static Optional<Bounds> openBounds(Connection connection, ConversationId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.first_sequence, c.last_sequence, c.revision
            from conversation c where c.id = ? and c.kind = 4 and c.deleted_at is null
            """)) {
      select.setObject(1, id.value());
      return bounds(select);
    }
  }

  private static Optional<Bounds> watchedBounds(
      Connection connection, ConversationId id, UserId reader, Set<String> grants)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.first_sequence, c.last_sequence, c.revision
            from conversation c where c.id = ? and c.kind = 4 and may_watch_v1(c, ?, ?)
            """)) {
      select.setObject(1, id.value());
      select.setString(2, reader.value());
      select.setArray(3, connection.createArrayOf("text", grants.toArray()));
      return bounds(select);
    }
  }

  private static Optional<Bounds> bounds(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Bounds(row.getLong(1), row.getLong(2), row.getLong(3)))
          : Optional.empty();
    }
  }
}
