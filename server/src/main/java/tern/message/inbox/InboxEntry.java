// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.conversation.Conversation;
import tern.id.ConversationId;
import tern.id.PushLevel;
import tern.id.UserId;
import tern.message.StoredMessage;
import tern.message.history.MemberMarker;

/// One line of a user's conversation list, in absolute values.
public sealed interface InboxEntry {
  /// Which conversation.
  ConversationId id();

  /// At most how many bytes it takes in a page.
  int weight();

  /// The user is no longer a member.
  record Removed(ConversationId id) implements InboxEntry {
    @Override
    public int weight() {
      return OVERHEAD_BYTES;
    }
  }

  /// The user is a member.
  ///
  /// @param lastMessage the newest message that the user may see
  /// @param unread capped at 1,000
  /// @param marker the user's own
  /// @param peer of a DIRECT conversation
  /// @param personal what the user keeps for himself of it
  /// @param choices what the user has chosen for it
  record Standing(
      Conversation conversation,
      Optional<StoredMessage> lastMessage,
      int unread,
      MemberMarker marker,
      long revision,
      long sequence,
      Instant activeAt,
      Optional<UserId> peer,
      Personal personal,
      Choices choices)
      implements InboxEntry {
    @Override
    public ConversationId id() {
      return conversation.id();
    }

    @Override
    public int weight() {
      int names =
          conversation.name().length()
              + conversation.key().length()
              + conversation.imageUrl().length();
      for (var entry : conversation.metadata().entrySet()) {
        names += entry.getKey().length() + entry.getValue().length();
      }
      return OVERHEAD_BYTES
          + MAX_BYTES_OF_A_CHARACTER * (names + personal.length())
          + lastMessage.map(StoredMessage::weight).orElse(0);
    }
  }

  /// What the user has chosen for a conversation.
  ///
  /// @param mutedUntil wants no push until then
  /// @param peerBlocked of a DIRECT conversation: has blocked the peer
  /// @param pushLevel about which messages they want pushes; empty: as everywhere
  record Choices(
      Optional<Instant> mutedUntil, boolean peerBlocked, Optional<PushLevel> pushLevel) {}

  /// What an entry weighs on the wire beside its names and its message: ids, numbers and times.
  int OVERHEAD_BYTES = 320;

  /// In UTF-8; a pair of surrogates, two of Java's characters, takes 4.
  int MAX_BYTES_OF_A_CHARACTER = 3;

  /// What [#read] selects of conversation `c`, its member `m`, its newest message `s` and its peer
  /// `p`.
  String COLUMNS =
      Conversation.COLUMNS
          + """
          , c.revision as conversation_revision, c.last_sequence, c.last_change_at, m.removed,
          m.user_id, m.delivered_sequence, m.read_sequence, p.peer,
          m.quiet_until, m.push_level,
          c.blocked and exists (select from relation r where r.user_id = m.user_id
            and r.other_id = p.peer and r.blocked_at is not null) as peer_blocked,
          case when s.sender = m.user_id and s.sequence = c.last_sequence and not s.system
              and m.unread_head < c.last_sequence then 0
            else unread_for_v1(m.user_id, c.id, m.read_sequence,
              unread_v2(c.id, c.countable, m.user_id, m.read_countable, m.read_sequence,
                m.unread_head)) end as unread,
          """
          + Personal.COLUMNS
          + ", "
          + StoredMessage.COLUMNS;

  /// What is joined to `c` and `m` for [#COLUMNS].
  String JOINS =
      """
      left join lateral (
        select * from message n
        where n.conversation_id = c.id and not m.removed
          and n.sequence >= greatest(m.visible_from, c.first_sequence)
        order by n.sequence desc limit 1) s on true
      left join lateral (
        select o.user_id as peer from member o
        where c.kind = 1 and o.conversation_id = c.id and o.user_id <> m.user_id
        limit 1) p on true
      left join member_draft d
        on d.conversation_id = c.id and d.user_id = m.user_id and not m.removed
      """;

  /// Reads the row that the cursor stands on.
  static InboxEntry read(ResultSet row) throws SQLException {
    Conversation conversation = Conversation.read(row);
    if (row.getBoolean("removed")) {
      return new Removed(conversation.id());
    }
    @Nullable String peer = row.getString("peer");
    return new Standing(
        conversation,
        row.getObject("sequence") == null ? Optional.empty() : Optional.of(StoredMessage.read(row)),
        row.getInt("unread"),
        new MemberMarker(
            new UserId(row.getString("user_id")),
            row.getLong("delivered_sequence"),
            row.getLong("read_sequence")),
        row.getLong("conversation_revision"),
        row.getLong("last_sequence"),
        row.getTimestamp("last_change_at").toInstant(),
        Optional.ofNullable(peer).map(UserId::new),
        Personal.read(row),
        choices(row));
  }

  private static Choices choices(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime until = row.getObject("quiet_until", OffsetDateTime.class);
    @Nullable Integer level = row.getObject("push_level", Integer.class);
    return new Choices(
        Optional.ofNullable(until).map(OffsetDateTime::toInstant),
        row.getBoolean("peer_blocked"),
        Optional.ofNullable(level).map(PushLevel::of));
  }
}
