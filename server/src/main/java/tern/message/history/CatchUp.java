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
import tern.conversation.Conversation;
import tern.conversation.Member;
import tern.conversation.Membership;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.StoredMessage;
import tern.message.quote.Quotes;
import tern.store.Database;

/// Reads what a device missed: "what changed since?" is two index ranges, new by sequence and
/// changed by revision, and needs no log of events. Each page is one snapshot. Blocks; for virtual
/// threads.
public final class CatchUp {
  private final Database database;
  private final String epoch;
  private final int maxBehind;
  private final Quotes quotes;

  /// @param epoch this life of the store
  public CatchUp(Database database, String epoch, CatchUpConfig config, Quotes quotes) {
    this.database = database;
    this.epoch = epoch;
    this.maxBehind = config.maxBehind();
    this.quotes = quotes;
  }

  /// The life of the store that positions belong to.
  public String epoch() {
    return epoch;
  }

  // A conversation as its reader sees it, at the snapshot's moment.
  private record Head(
      Conversation conversation,
      long revision,
      long sequence,
      long firstSequence,
      long joinedRevision,
      long forgottenRevision,
      long visibleFrom) {}

  /// The next page after `position`, or a reset. Empty when there is no such conversation, or none
  /// of the reader's.
  public Optional<ChangesPage> read(ConversationId id, UserId reader, Optional<Position> position) {
    return database.snapshot(
        connection -> {
          Optional<Head> head = head(connection, id, reader);
          if (head.isEmpty()) {
            return Optional.empty();
          }
          Optional<ResetReason> reset = reset(head.get(), position);
          return Optional.of(
              reset.isPresent()
                  ? anew(connection, head.get(), Optional.of(reader), reset.get())
                  : onwards(connection, head.get(), Optional.of(reader), position.orElseThrow()));
        });
  }

  /// What somebody who watches an OPEN conversation has missed since `position`: one page, or a
  /// reset where one is not enough. Holds nothing of the reader, so that it is the same for all.
  /// Empty when there is no such conversation.
  public Optional<ChangesPage> readOpen(ConversationId id, Optional<Position> position) {
    return database.snapshot(
        connection -> {
          Optional<Head> head = openHead(connection, id);
          if (head.isEmpty()) {
            return Optional.empty();
          }
          Optional<ResetReason> reset = reset(head.get(), position);
          if (reset.isPresent()) {
            return Optional.of(anew(connection, head.get(), Optional.empty(), reset.get()));
          }
          ChangesPage page =
              onwards(connection, head.get(), Optional.empty(), position.orElseThrow());
          return Optional.of(
              page.head()
                  ? page
                  : anew(connection, head.get(), Optional.empty(), ResetReason.TOO_FAR_BEHIND));
        });
  }

  private static Optional<Head> openHead(Connection connection, ConversationId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Conversation.COLUMNS
                + ", c.revision, c.last_sequence, c.first_sequence, 0 joined_revision,"
                + " c.forgotten_revision, c.first_sequence visible_from"
                + " from conversation c where c.id = ? and c.kind = 4 and c.deleted_at is null")) {
      select.setObject(1, id.value());
      return head(select);
    }
  }

  private Optional<ResetReason> reset(Head head, Optional<Position> position) {
    if (position.isEmpty()) {
      return Optional.of(ResetReason.NO_POSITION);
    }
    Position mine = position.get();
    if (!mine.epoch().equals(epoch)) {
      return Optional.of(ResetReason.EPOCH);
    }
    if (mine.revision() > head.revision() || mine.sequence() > head.sequence()) {
      return Optional.of(ResetReason.BEYOND_HEAD);
    }
    if (mine.revision() < head.joinedRevision()) {
      // Joined for the first time, or again: what was before is another membership's.
      return Optional.of(ResetReason.REJOINED);
    }
    if (mine.sequence() + 1 < head.firstSequence() || mine.revision() < head.forgottenRevision()) {
      return Optional.of(ResetReason.BEFORE_FIRST);
    }
    return head.revision() - mine.revision() > maxBehind
        ? Optional.of(ResetReason.TOO_FAR_BEHIND)
        : Optional.empty();
  }

  private static Optional<Head> head(Connection connection, ConversationId id, UserId reader)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Conversation.COLUMNS
                + ", c.revision, c.last_sequence, c.first_sequence, m.joined_revision,"
                + " c.forgotten_revision, greatest(m.visible_from, c.first_sequence) visible_from"
                + " from conversation c join member m on m.conversation_id = c.id"
                + " where c.id = ? and m.user_id = ? and not m.removed")) {
      select.setObject(1, id.value());
      select.setString(2, reader.value());
      return head(select);
    }
  }

  private static Optional<Head> head(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Head(
                  Conversation.read(row),
                  row.getLong("revision"),
                  row.getLong("last_sequence"),
                  row.getLong("first_sequence"),
                  row.getLong("joined_revision"),
                  row.getLong("forgotten_revision"),
                  row.getLong("visible_from")))
          : Optional.empty();
    }
  }

  private ChangesPage anew(
      Connection connection, Head head, Optional<UserId> reader, ResetReason reason)
      throws SQLException {
    List<StoredMessage> messages =
        Messages.before(
            connection,
            head.conversation().id(),
            head.sequence() + 1,
            head.visibleFrom(),
            new Messages.Room(Page.NEWEST, Page.MAX_BYTES));
    long first = messages.isEmpty() ? head.visibleFrom() : messages.getFirst().sequence();
    return new ChangesPage(
        head.conversation().id(),
        0,
        head.revision(),
        head.sequence(),
        Optional.of(head.conversation()),
        members(connection, head.conversation().id(), 0),
        own(connection, head, reader, messages),
        true,
        Optional.of(reason),
        first > Math.max(head.visibleFrom(), head.firstSequence()),
        markers(connection, head, reader),
        quotes.of(connection, head.conversation().id(), head.visibleFrom(), messages));
  }

  private static List<StoredMessage> own(
      Connection connection, Head head, Optional<UserId> reader, List<StoredMessage> messages)
      throws SQLException {
    return reader.isPresent()
        ? OwnReactions.with(connection, head.conversation().id(), reader.get(), messages)
        : messages;
  }

  private static List<MemberMarker> markers(
      Connection connection, Head head, Optional<UserId> reader) throws SQLException {
    return reader.isPresent()
        ? Markers.read(connection, head.conversation(), reader.get())
        : List.of();
  }

  private ChangesPage onwards(
      Connection connection, Head head, Optional<UserId> reader, Position mine)
      throws SQLException {
    ConversationId id = head.conversation().id();
    List<Member> members = new ArrayList<>(members(connection, id, mine.revision()));
    if (members.size() > Membership.MAX_MEMBERS) {
      // More came and went than can be members: the list of those who are is shorter.
      return anew(connection, head, reader, ResetReason.TOO_FAR_BEHIND);
    }
    ChangedMessages found =
        ChangedMessages.read(connection, id, mine, head.visibleFrom(), Page.MAX_ENTRIES);
    long through = found.complete() ? head.revision() : found.through();
    members.removeIf(member -> member.revision() > through);
    boolean renamed =
        head.conversation().settingsRevision() > mine.revision()
            && head.conversation().settingsRevision() <= through;
    return new ChangesPage(
        id,
        mine.revision(),
        through,
        found.complete() ? head.sequence() : found.sequence(),
        renamed ? Optional.of(head.conversation()) : Optional.empty(),
        members,
        own(connection, head, reader, found.messages()),
        found.complete(),
        Optional.empty(),
        false,
        found.complete() ? markers(connection, head, reader) : List.of(),
        quotes.of(connection, id, head.visibleFrom(), found.messages()));
  }

  // From the start: those who are members now; else also those who were. One more than can be
  // members, at most.
  private static List<Member> members(Connection connection, ConversationId id, long after)
      throws SQLException {
    List<Member> members = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Member.COLUMNS
                + " from member m where m.conversation_id = ? and m.revision > ?"
                + " and (? > 0 or not m.removed) order by m.revision, m.user_id limit ?")) {
      select.setObject(1, id.value());
      select.setLong(2, after);
      select.setLong(3, after);
      select.setInt(4, Membership.MAX_MEMBERS + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          members.add(Member.read(row));
        }
      }
    }
    return members;
  }
}
