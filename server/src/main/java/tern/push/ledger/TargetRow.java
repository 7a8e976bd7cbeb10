// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.device.Devices;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.PushLevel;
import tern.id.QuietHours;
import tern.id.UserId;
import tern.push.decision.PushPreference;

/// Makes targets of rows.
final class TargetRow {
  private static final String[] NONE = {};

  private TargetRow() {}

  static Target read(ResultSet row) throws SQLException {
    Map<DeviceId, Long> marks = new HashMap<>();
    String[] mark = parts(row, "marks");
    for (int i = 0; i < mark.length; i += 2) {
      marks.put(new DeviceId(mark[i]), Long.parseLong(mark[i + 1]));
    }
    Set<UserId> blocked = new HashSet<>();
    Set<UserId> muted = new HashSet<>();
    for (String relation : parts(row, "relations")) {
      (relation.charAt(0) == 'B' ? blocked : muted).add(new UserId(relation.substring(1)));
    }
    List<SequenceRange> decided = new ArrayList<>();
    String[] range = parts(row, "decided");
    for (int i = 0; i < range.length; i += 2) {
      decided.add(range(range, i));
    }
    List<SequenceRange> waiting = new ArrayList<>();
    String[] queued = parts(row, "queued");
    for (int i = 0; i < queued.length; i += 3) {
      switch (WaitingPush.Kind.of(Integer.parseInt(queued[i]))) {
        case NEWS -> waiting.add(range(queued, i + 1));
        case HELD -> decided.add(range(queued, i + 1));
        case CLEAR -> {}
      }
    }
    return new Target(
        Devices.device(row),
        new ConversationId(row.getObject("conversation_id", UUID.class)),
        row.getLong("visible_from"),
        row.getLong("joined_revision"),
        row.getLong("read_sequence"),
        preference(row),
        marks,
        blocked,
        muted,
        decided,
        waiting.stream().findFirst());
  }

  private static SequenceRange range(String[] parts, int at) {
    return new SequenceRange(Long.parseLong(parts[at]), Long.parseLong(parts[at + 1]));
  }

  private static String[] parts(ResultSet row, String column) throws SQLException {
    @Nullable String list = row.getString(column);
    return list == null ? NONE : list.split(" ", -1);
  }

  private static PushPreference preference(ResultSet row) throws SQLException {
    int level = row.getInt("push_level");
    @Nullable Timestamp quietUntil = row.getTimestamp("quiet_until");
    @Nullable LocalTime from = row.getObject("quiet_from", LocalTime.class);
    @Nullable LocalTime to = row.getObject("quiet_to", LocalTime.class);
    @Nullable String zone = row.getString("quiet_zone");
    return new PushPreference(
        level == 0 ? PushLevel.ALL : PushLevel.of(level),
        quietUntil == null ? Instant.MIN : quietUntil.toInstant(),
        from == null || to == null || zone == null
            ? Optional.empty()
            : Optional.of(new QuietHours(from, to, ZoneId.of(zone))),
        row.getBoolean("mentions_pass"),
        row.getBoolean("urgent_passes"));
  }
}
