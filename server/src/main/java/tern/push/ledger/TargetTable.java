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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tern.id.ConversationId;
import tern.id.UserId;

/// Reads which devices a message may concern, and what the decision about each asks of the store.
/// Many in one statement.
public final class TargetTable {
  // The newest ranges: older ones end before whatever is asked for.
  private static final int RANGES = 8;

  // Lists have spaces between their parts, which no id has; null: nothing.
  private static final String COLUMNS =
      """
      m.conversation_id, m.user_id, m.visible_from, m.joined_revision, m.read_sequence,
      m.quiet_until, coalesce(m.push_level, p.push_level) push_level, p.quiet_from, p.quiet_to,
      p.quiet_zone, coalesce(p.mentions_pass, true) mentions_pass,
      coalesce(p.urgent_passes, true) urgent_passes, d.*,
      (select string_agg(k.device_id || ' ' || k.sequence, ' ') from device_mark k
        where k.user_id = m.user_id and k.conversation_id = m.conversation_id) marks,
      (select string_agg((case when r.blocked_at is null then 'M' else 'B' end) || r.other_id, ' ')
        from relation r
        where r.user_id = m.user_id and r.other_id = any(string_to_array(q.senders, ' '))) relations,
      (select string_agg(r.first_sequence || ' ' || r.last_sequence, ' ') from (
        select first_sequence, last_sequence from push_decision
        where user_id = m.user_id and conversation_id = m.conversation_id
          and device_id = d.device_id order by first_sequence desc limit %d) r) decided
      """
          .formatted(RANGES);

  private static final String OF_MEMBERS =
      """
      select %s, (
        select string_agg(w.kind || ' ' || w.first_sequence || ' ' || w.through_sequence, ' ')
        from push_queue w where w.user_id = m.user_id and w.conversation_id = m.conversation_id
          and w.device_id = d.device_id) queued
      from unnest(?::uuid[], ?::text[]) q(conv, senders)
      join member m on m.conversation_id = q.conv and not m.removed and m.user_id <> q.senders
      join device d on d.user_id = m.user_id and d.address is not null
      left join preference p on p.user_id = m.user_id
      """
          .formatted(COLUMNS);

  private static final String AT_PLACES =
      """
      select %s, null queued
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) q(conv, senders, usr, dev)
      join member m on m.conversation_id = q.conv and m.user_id = q.usr and not m.removed
      join device d on d.user_id = q.usr and d.device_id = q.dev and d.address is not null
      left join preference p on p.user_id = m.user_id
      """
          .formatted(COLUMNS);

  private TargetTable() {}

  /// The registered devices of conversations' members; where there is only one sender, not theirs.
  ///
  /// @param senders of each conversation: about them it is said whether its members block or mute
  ///     them
  public static List<Target> ofMembers(
      Connection connection, Map<ConversationId, Set<UserId>> senders) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_MEMBERS)) {
      Collection<ConversationId> conversations = senders.keySet();
      select.setArray(1, array(connection, "uuid", conversations, ConversationId::value));
      select.setArray(2, array(connection, "text", conversations, it -> list(senders, it)));
      return targets(select);
    }
  }

  /// Of these places those that are still there: the user a member, the device registered.
  ///
  /// @param senders see [#ofMembers]
  public static List<Target> at(
      Connection connection, Collection<PushPlace> places, Map<ConversationId, Set<UserId>> senders)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AT_PLACES)) {
      select.setArray(1, array(connection, "uuid", places, it -> it.conversation().value()));
      select.setArray(2, array(connection, "text", places, it -> list(senders, it.conversation())));
      select.setArray(3, array(connection, "text", places, it -> it.user().value()));
      select.setArray(4, array(connection, "text", places, it -> it.device().value()));
      return targets(select);
    }
  }

  private static String list(Map<ConversationId, Set<UserId>> senders, ConversationId of) {
    return senders.getOrDefault(of, Set.of()).stream()
        .map(UserId::value)
        .collect(Collectors.joining(" "));
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
