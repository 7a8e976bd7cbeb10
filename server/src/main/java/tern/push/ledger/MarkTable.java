// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import static tern.push.ledger.TargetTable.array;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;

/// Up to where devices have acknowledged, in the store; see V023, `device_mark`.
public final class MarkTable {
  private MarkTable() {}

  /// Moves these marks forward, not beyond the conversations' last messages; answers those that
  /// moved, as they stand then. Of users who have no registered device none is kept, nor of who is
  /// no member.
  public static Map<PushPlace, Long> move(Connection connection, Map<PushPlace, Long> marks)
      throws SQLException {
    List<Map.Entry<PushPlace, Long>> all = List.copyOf(marks.entrySet());
    Map<PushPlace, Long> moved = new HashMap<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into device_mark as k (user_id, device_id, conversation_id, sequence)
            select q.usr, q.dev, q.conv, least(q.seq, c.last_sequence)
            from unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[]) q(usr, dev, conv, seq)
            join member m on m.conversation_id = q.conv and m.user_id = q.usr and not m.removed
            join conversation c on c.id = q.conv
            where exists (select from device d where d.user_id = q.usr and d.address is not null)
            order by q.usr, q.conv, q.dev
            on conflict (user_id, conversation_id, device_id) do update
              set sequence = excluded.sequence where k.sequence < excluded.sequence
            returning k.user_id, k.device_id, k.conversation_id, k.sequence
            """)) {
      insert.setArray(1, array(connection, "text", all, it -> it.getKey().user().value()));
      insert.setArray(2, array(connection, "text", all, it -> it.getKey().device().value()));
      insert.setArray(3, array(connection, "uuid", all, it -> it.getKey().conversation().value()));
      insert.setArray(4, array(connection, "bigint", all, Map.Entry::getValue));
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          PushPlace place =
              new PushPlace(
                  new UserId(row.getString(1)),
                  new DeviceId(row.getString(2)),
                  new ConversationId(row.getObject(3, UUID.class)));
          moved.put(place, row.getLong(4));
        }
      }
    }
    return moved;
  }
}
