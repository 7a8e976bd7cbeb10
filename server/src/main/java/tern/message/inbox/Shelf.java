// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tern.id.ConversationId;
import tern.id.PushLevel;
import tern.id.UserId;
import tern.store.Database;

/// How a user arranges their own conversations: what is archived, hidden or on top, which of them
/// wake them, and what they have begun to write. Nobody else learns of it; their devices do, live
/// and by their list. Blocks; for virtual threads.
///
/// Each change answers the entry as it stands then; empty when the user is no member.
public final class Shelf {
  /// Conversations on top of a list at most.
  public static final int MAX_PINNED = 20;

  private static final int NO_MEMBER = 1;
  private static final int LIMIT_REACHED = 2;

  private final Database database;
  private final Inbox inbox;
  private final BiConsumer<ConversationId, List<UserId>> changed;
  private final Consumer<ConversationId> cleared;

  /// @param changed told whose list looks different
  /// @param cleared told where somebody sees less than before
  public Shelf(
      Database database,
      Inbox inbox,
      BiConsumer<ConversationId, List<UserId>> changed,
      Consumer<ConversationId> cleared) {
    this.database = database;
    this.inbox = inbox;
    this.changed = changed;
    this.cleared = cleared;
  }

  /// Where a conversation is put; the number is what the store keeps.
  public enum Slot {
    /// Into the main list.
    MAIN(0),
    /// Into the archive, for good.
    ARCHIVE(1),
    /// Into the archive, until the next countable message.
    ARCHIVE_UNTIL_MESSAGE(2),
    /// Into no list, until the next countable message.
    HIDDEN(3);

    private final int number;

    Slot(int number) {
      this.number = number;
    }
  }

  /// Puts the conversation there.
  public Optional<InboxEntry> put(ConversationId conversation, UserId user, Slot slot) {
    return told(conversation, user, put(conversation, user, slot, 0));
  }

  /// Hides the conversation, and ends what the user may see of it with the message `through`, which
  /// they have read.
  public Optional<InboxEntry> clear(ConversationId conversation, UserId user, long through) {
    boolean isMember = put(conversation, user, Slot.HIDDEN, through);
    cleared.accept(conversation);
    return told(conversation, user, isMember);
  }

  private boolean put(ConversationId conversation, UserId user, Slot slot, long clearedThrough) {
    return database.run(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  """
                  update member m set place = ?, place_countable = c.countable,
                    pinned_at = case when ? = 0 then m.pinned_at end,
                    joined_from = case when ? = 0 then m.joined_from
                      else coalesce(m.joined_from, m.visible_from) end,
                    visible_from = greatest(m.visible_from, ? + 1),
                    changed_at = t.now, changed_bucket = floor(extract(epoch from t.now) / 600)
                  from conversation c, (select clock_timestamp() now) t
                  where m.conversation_id = ? and m.user_id = ? and not m.removed
                    and c.id = m.conversation_id
                  """)) {
            update.setInt(1, slot.number);
            update.setInt(2, slot.number);
            update.setLong(3, clearedThrough);
            update.setLong(4, clearedThrough);
            update.setObject(5, conversation.value());
            update.setString(6, user.value());
            return update.executeUpdate() > 0;
          }
        });
  }

  /// What became of a wish to put a conversation on top.
  public sealed interface Pinning {
    /// It is as asked for.
    record Done(InboxEntry entry) implements Pinning {}

    /// It is not.
    enum Refused implements Pinning {
      /// No such conversation, or none of the user's.
      NOT_FOUND,
      /// As many stand there as may.
      LIMIT_REACHED
    }
  }

  /// Puts the conversation on top of the main list, or takes it down.
  public Pinning pin(ConversationId conversation, UserId user, boolean pinned) {
    int status =
        database.run(
            connection -> {
              try (PreparedStatement call =
                  connection.prepareStatement("select pin_conversation_v1(?, ?, ?, ?)")) {
                call.setObject(1, conversation.value());
                call.setString(2, user.value());
                call.setBoolean(3, pinned);
                call.setInt(4, MAX_PINNED);
                try (ResultSet row = call.executeQuery()) {
                  row.next();
                  return row.getInt(1);
                }
              }
            });
    if (status == LIMIT_REACHED) {
      return Pinning.Refused.LIMIT_REACHED;
    }
    return told(conversation, user, status != NO_MEMBER)
        .<Pinning>map(Pinning.Done::new)
        .orElse(Pinning.Refused.NOT_FOUND);
  }

  /// Keeps what the user has begun to write in the place of what was kept; an empty text keeps
  /// nothing.
  public Optional<InboxEntry> save(
      ConversationId conversation, UserId user, String text, long replyTo) {
    boolean isMember =
        database.run(
            connection ->
                text.isEmpty()
                    ? forget(connection, conversation, user)
                    : keep(connection, conversation, user, text, replyTo));
    return told(conversation, user, isMember);
  }

  /// Says about which of the conversation's messages the user wants pushes; empty: as everywhere.
  public Optional<InboxEntry> wake(
      ConversationId conversation, UserId user, Optional<PushLevel> level) {
    boolean isMember =
        database.run(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      """
                      update member m set push_level = ?::smallint, changed_at = t.now,
                        changed_bucket = floor(extract(epoch from t.now) / 600)
                      from (select clock_timestamp() now) t
                      where m.conversation_id = ? and m.user_id = ? and not m.removed
                      """)) {
                update.setObject(1, level.map(PushLevel::number).orElse(null));
                update.setObject(2, conversation.value());
                update.setString(3, user.value());
                return update.executeUpdate() > 0;
              }
            });
    return told(conversation, user, isMember);
  }

  // The member's row is held first, so that of two who save at once the later one's stays.
  private static final String TOUCH =
      """
      with m as (
        update member m set changed_at = t.now,
          changed_bucket = floor(extract(epoch from t.now) / 600)
        from (select clock_timestamp() now) t
        where m.conversation_id = ? and m.user_id = ? and not m.removed
        returning m.conversation_id, m.user_id, m.changed_at)
      """;

  private static boolean keep(
      Connection connection, ConversationId conversation, UserId user, String text, long replyTo)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            TOUCH
                + """
                insert into member_draft as d (conversation_id, user_id, text, reply_to, saved_at)
                select conversation_id, user_id, ?, ?, changed_at from m
                on conflict (conversation_id, user_id) do update
                  set text = excluded.text, reply_to = excluded.reply_to,
                    saved_at = greatest(d.saved_at, excluded.saved_at)
                """)) {
      insert.setObject(1, conversation.value());
      insert.setString(2, user.value());
      insert.setString(3, text);
      insert.setLong(4, replyTo);
      return insert.executeUpdate() > 0;
    }
  }

  private static boolean forget(Connection connection, ConversationId conversation, UserId user)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            TOUCH
                + """
                , gone as (
                  delete from member_draft d using m
                  where d.conversation_id = m.conversation_id and d.user_id = m.user_id)
                select count(*) from m
                """)) {
      delete.setObject(1, conversation.value());
      delete.setString(2, user.value());
      try (ResultSet row = delete.executeQuery()) {
        row.next();
        return row.getInt(1) > 0;
      }
    }
  }

  private Optional<InboxEntry> told(ConversationId conversation, UserId user, boolean isMember) {
    if (!isMember) {
      return Optional.empty();
    }
    changed.accept(conversation, List.of(user));
    return inbox.entries(Map.of(user, List.of(conversation))).getOrDefault(user, List.of()).stream()
        .filter(entry -> entry instanceof InboxEntry.Standing)
        .findFirst();
  }
}
