// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.device.Device;
import tern.device.Devices;
import tern.id.ConversationId;
import tern.push.ledger.DeviceRecord.Outcome;
import tern.store.Database;

/// Tells what became of a message on each device of its recipients: what the store says, and what
/// follows from the message, the conversation, read markers and devices' marks. Blocks.
public final class RecordTable {
  private final Database database;
  private final NewsTable newsTable;
  private final Clock clock;

  /// @param newsTable reads the message
  public RecordTable(Database database, NewsTable newsTable, Clock clock) {
    this.database = database;
    this.newsTable = newsTable;
    this.clock = clock;
  }

  /// The members' devices, by user and device, those after `after`; at most `limit`. Empty in
  /// whole: there is no such message.
  ///
  /// @param after a user and a device with a space between; empty: from the first
  public Optional<List<DeviceRecord>> read(
      ConversationId conversation, long sequence, String after, int limit) {
    Map<ConversationId, SequenceRange> asked =
        Map.of(conversation, new SequenceRange(sequence, sequence));
    return database.snapshot(
        connection -> {
          ConversationNews news =
              newsTable.read(connection, asked, 1, clock.instant()).get(conversation);
          return news == null
              ? Optional.empty()
              : Optional.of(devices(connection, news, after, limit));
        });
  }

  private static List<DeviceRecord> devices(
      Connection connection, ConversationNews news, String after, int limit) throws SQLException {
    PushableMessage message = news.messages().getFirst();
    try (PreparedStatement select =
        connection.prepareStatement("select * from delivery_record_v1(?, ?, ?, ?)")) {
      select.setObject(1, news.id().value());
      select.setLong(2, message.sequence());
      select.setString(3, after);
      select.setInt(4, limit);
      List<DeviceRecord> records = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          records.add(read(row, news, message));
        }
      }
      return records;
    }
  }

  private static DeviceRecord read(ResultSet row, ConversationNews news, PushableMessage message)
      throws SQLException {
    Device device = Devices.device(row);
    Outcome outcome = outcome(row, device, news, message);
    @Nullable String reason = row.getString("reason");
    return new DeviceRecord(
        device,
        outcome,
        reason == null ? "" : reason,
        time(row, outcome == Outcome.WAITING || outcome == Outcome.HELD ? "due_at" : "decided_at"),
        time(row, "cleared_at"),
        time(row, "received_at"),
        time(row, "opened_at"));
  }

  // In the order in which the decision is made; what was decided counts before what follows now.
  private static Outcome outcome(
      ResultSet row, Device device, ConversationNews news, PushableMessage message)
      throws SQLException {
    if (device.user().equals(message.sender())) {
      return Outcome.OWN_MESSAGE;
    }
    if (message.isSystem() || message.content().isSilent()) {
      return Outcome.SILENT;
    }
    if (!news.kindHasPushes()) {
      return Outcome.KIND_HAS_NONE;
    }
    int decided = row.getInt("outcome");
    if (decided != 0) {
      return Outcome.of(decided);
    }
    return undecided(row, message);
  }

  private static Outcome undecided(ResultSet row, PushableMessage message) throws SQLException {
    int waiting = row.getInt("waiting");
    if (waiting != 0) {
      return waiting == WaitingPush.Kind.HELD.number() ? Outcome.HELD : Outcome.WAITING;
    }
    if (row.getLong("mark") >= message.sequence()) {
      return Outcome.ACKNOWLEDGED;
    }
    if (row.getLong("read") >= message.sequence()) {
      return Outcome.READ;
    }
    if (row.getBoolean("unregistered")) {
      return Outcome.NO_REGISTRATION;
    }
    return message.isDeleted() ? Outcome.DELETED : Outcome.OPEN;
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    @Nullable Timestamp at = row.getTimestamp(column);
    return Optional.ofNullable(at).map(Timestamp::toInstant);
  }
}
