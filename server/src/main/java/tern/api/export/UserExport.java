// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.gateway.socket.FrameCodec;
import tern.id.UserId;
import tern.message.StoredMessage;
import tern.store.Database;
import tern.v1.Message;

/// What is kept of one user, a JSON object a line: see `exportUser` in the OpenAPI file for what
/// they hold. What others wrote is theirs and not in it, nor what the audit and moderation noted.
///
/// Read in pages, each a short transaction of its own: memory is bounded, nobody is held up, and
/// what changes meanwhile may be in it as before or as after. Two at a time.
public final class UserExport {
  private static final int AT_ONCE = 2;
  private static final int PAGE = 200;

  private final Database database;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /// Reads from this database.
  public UserExport(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The export of a user, to be written once.
  ///
  /// Throws [RequestRefused] when two are being written already.
  public Lines of(UserId user) {
    if (!turns.tryAcquire()) {
      throw RequestRefused.unavailable(
          "two exports are being written (expected: at most " + AT_ONCE + ")");
    }
    return sink -> {
      try {
        write(user, sink);
      } finally {
        turns.release();
      }
    };
  }

  private void write(UserId user, Lines.Sink sink) {
    Counted counted = new Counted(sink);
    counted.line(
        new JsonObject()
            .put("type", "export")
            .put("userId", user.value())
            .put("atMs", Long.toString(clock.millis()))
            .encode());
    for (Section section : Section.OF_USER) {
      write(section, counted, user.value());
    }
    String after = Section.NO_ID;
    List<String> conversations = conversations(user, after);
    while (!conversations.isEmpty()) {
      for (String conversation : conversations) {
        writeConversation(UUID.fromString(conversation), user, counted);
      }
      after = conversations.getLast();
      conversations = conversations(user, after);
    }
    counted.line(
        new JsonObject().put("type", "end").put("lines", Long.toString(counted.lines)).encode());
  }

  // Whoever reads it can tell that it is whole.
  private static final class Counted implements Lines.Sink {
    private final Lines.Sink sink;
    private long lines;

    Counted(Lines.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void line(String json) {
      lines++;
      sink.line(json);
    }
  }

  // A line, and the key that the next page begins after.
  private record Row(String key, String line) {}

  private void write(Section section, Lines.Sink sink, Object... of) {
    String after = section.first();
    List<Row> rows;
    do {
      String from = after;
      rows = database.run(connection -> rows(connection, section.sql(), of, from));
      for (Row row : rows) {
        sink.line(row.line());
        after = row.key();
      }
    } while (rows.size() == PAGE);
  }

  private static List<Row> rows(Connection connection, String sql, Object[] of, String after)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      for (Object value : of) {
        select.setObject(next++, value);
      }
      select.setString(next++, after);
      select.setInt(next, PAGE);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(row.getString(1), row.getString(2)));
        }
      }
      return rows;
    }
  }

  private List<String> conversations(UserId user, String after) {
    return database
        .run(
            connection ->
                rows(
                    connection,
                    """
                    select conversation_id::text, '' from (
                      select conversation_id, user_id from member
                      union select conversation_id, user_id from watcher) c
                    where user_id = ? and conversation_id > ?::uuid
                    order by conversation_id limit ?
                    """,
                    new Object[] {user.value()},
                    after))
        .stream()
        .map(Row::key)
        .toList();
  }

  private void writeConversation(UUID id, UserId user, Lines.Sink sink) {
    long after = 0;
    List<StoredMessage> messages = messages(id, user, after);
    while (!messages.isEmpty()) {
      for (StoredMessage message : messages) {
        Message told = ToWire.message(message).toBuilder().clearReactions().build();
        sink.line(line("message", id, told).encode());
        after = message.sequence();
      }
      messages = messages(id, user, after);
    }
    writeVersions(id, user, sink);
    for (Section section : Section.OF_CONVERSATION) {
      write(section, sink, id, user.value());
    }
  }

  private static JsonObject line(String type, UUID conversation, Message message) {
    return new JsonObject()
        .put("type", type)
        .put("conversationId", conversation.toString())
        .put("message", new JsonObject(FrameCodec.json(message)));
  }

  private List<StoredMessage> messages(UUID id, UserId user, long after) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select "
                      + StoredMessage.COLUMNS
                      + " from message s where s.conversation_id = ? and s.sender = ?"
                      + " and s.sequence > ? and not s.system order by s.sequence limit ?")) {
            select.setObject(1, id);
            select.setString(2, user.value());
            select.setLong(3, after);
            select.setInt(4, PAGE);
            List<StoredMessage> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(StoredMessage.read(row));
              }
            }
            return found;
          }
        });
  }

  // What the user's own edits have replaced.
  private record Version(long sequence, long revision, ByteString body) {}

  private void writeVersions(UUID id, UserId user, Lines.Sink sink) {
    Version last = new Version(0, 0, ByteString.EMPTY);
    List<Version> versions = versions(id, user, last);
    while (!versions.isEmpty()) {
      for (Version version : versions) {
        sink.line(
            line("earlierVersion", id, message(version.body()))
                .put("sequence", Long.toString(version.sequence()))
                .put("replacedAtRevision", Long.toString(version.revision()))
                .encode());
        last = version;
      }
      versions = versions(id, user, last);
    }
  }

  private static Message message(ByteString body) {
    try {
      return Message.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a body of our own does not decode", e);
    }
  }

  private List<Version> versions(UUID id, UserId user, Version after) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select e.sequence, e.revision, e.body from message_edit e
                  join message s on s.conversation_id = e.conversation_id
                    and s.sequence = e.sequence and s.sender = ?
                  where e.conversation_id = ? and (e.sequence, e.revision) > (?, ?)
                    and e.body <> ''
                  order by e.sequence, e.revision limit ?
                  """)) {
            select.setString(1, user.value());
            select.setObject(2, id);
            select.setLong(3, after.sequence());
            select.setLong(4, after.revision());
            select.setInt(5, PAGE);
            List<Version> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(
                    new Version(
                        row.getLong(1), row.getLong(2), ByteString.copyFrom(row.getBytes(3))));
              }
            }
            return found;
          }
        });
  }
}
