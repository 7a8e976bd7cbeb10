// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import tern.id.ConversationId;
import tern.id.UserId;

/// Reads which devices a message may concern, and what the decision about each asks of the store.
/// Many in one statement.
public final class TargetTable {
  // The newest ranges: older ones end before whatever is asked for.
  private static final int RANGES = 8;

  private static final String COLUMNS =
      """
      m.conversation_id, m.user_id, m.visible_from, m.joined_revision, m.read_sequence,
      m.quiet_until, coalesce(m.push_level, p.push_level) push_level, p.quiet_from, p.quiet_to,
      p.quiet_zone, coalesce(p.mentions_pass, true) mentions_pass,
      coalesce(p.urgent_passes, true) urgent_passes, d.*,
      array(select k.device_id || ' ' || k.sequence from device_mark k
        where k.user_id = m.user_id and k.conversation_id = m.conversation_id) marks,
      array(select (case when r.blocked_at is null then 'M' else 'B' end) || r.other_id
        from relation r where r.user_id = m.user_id and r.other_id = any(?)) relations,
      array(select r.first_sequence || ' ' || r.last_sequence from push_decision r
        where r.user_id = m.user_id and r.conversation_id = m.conversation_id
          and r.device_id = d.device_id order by r.first_sequence desc limit %d) decided
      """
          .formatted(RANGES);

  private static final String OF_MEMBERS =
      """
      select %s, array(select w.first_sequence || ' ' || w.through_sequence from push_queue w
        where w.user_id = m.user_id and w.conversation_id = m.conversation_id
          and w.device_id = d.device_id and w.kind = 2) held,
        array(select w.first_sequence || ' ' || w.through_sequence from push_queue w
        where w.user_id = m.user_id and w.conversation_id = m.conversation_id
          and w.device_id = d.device_id and w.kind = 1) waiting, false shown
      from unnest(?::uuid[]) q(conv)
      join member m on m.conversation_id = q.conv and not m.removed
      join device d on d.user_id = m.user_id and d.address is not null
      left join preference p on p.user_id = m.user_id
      """
          .formatted(COLUMNS);

  private static final String AT_PLACES =
      """
      select %s, '{}'::text[] held, '{}'::text[] waiting,
        exists (select from push_decision r where r.user_id = m.user_id
          and r.conversation_id = m.conversation_id and r.device_id = d.device_id
          and r.outcome = 20 and r.cleared_at is null) shown
      from unnest(?::uuid[], ?::text[], ?::text[]) q(conv, usr, dev)
      join member m on m.conversation_id = q.conv and m.user_id = q.usr and not m.removed
      join device d on d.user_id = q.usr and d.device_id = q.dev and d.address is not null
      left join preference p on p.user_id = m.user_id
      """
          .formatted(COLUMNS);

  private TargetTable() {}

  /// The registered devices of these conversations' members.
  ///
  /// @param senders about whom to say whether the members block or mute them
  public static List<Target> ofMembers(
      Connection connection, Collection<ConversationId> conversations, Collection<UserId> senders)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_MEMBERS)) {
      select.setArray(1, array(connection, "text", senders, UserId::value));
      select.setArray(2, array(connection, "uuid", conversations, ConversationId::value));
      return targets(select);
    }
  }

  /// Of these places those that are still there: the user a member, the device registered.
  ///
  /// @param senders see [#ofMembers]
  public static List<Target> at(
      Connection connection, Collection<PushPlace> places, Collection<UserId> senders)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AT_PLACES)) {
      select.setArray(1, array(connection, "text", senders, UserId::value));
      select.setArray(2, array(connection, "uuid", places, it -> it.conversation().value()));
      select.setArray(3, array(connection, "text", places, it -> it.user().value()));
      select.setArray(4, array(connection, "text", places, it -> it.device().value()));
      return targets(select);
    }
  }

  private static List<Target> targets(PreparedStatement select) throws SQLException {
    List<Target> targets = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        targets.add(TargetRow.read(row));
      }
    }
    return targets;
  }

  public static <T> java.sql.Array array(
      Connection connection, String type, Collection<T> items, Function<T, Object> part)
      throws SQLException {
    return connection.createArrayOf(type, items.stream().map(part).toArray());
  }
}
