// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// A user's conversations by activity, with what is unread; computed on read. Blocks; for virtual
/// threads.
///
/// Flat in the number of conversations: the member row's activity bucket (see V001) narrows the
/// range before the exact order is looked at.
public final class Inbox {
  /// Bytes of one page or update, save that one entry always fits.
  static final int MAX_BYTES = 256 * 1024;

  private static final Duration OVERLAP = Database.LONGEST_TRANSACTION.plusSeconds(5);

  private static final Map<InboxList, String> SELECTS = new EnumMap<>(InboxList.class);

  static {
    for (InboxList list : InboxList.values()) {
      SELECTS.put(list, select(list));
    }
  }

  // Small conversations by their bucket; large ones, whose bucket says nothing, always. One that
  // the user has left stands where they left it: what the others do since is none of theirs. What
  // is edited changes a conversation without moving it up.
  private static String select(InboxList list) {
    return """
    select m.at, %1$s
    from (
      (select m.*, c.last_change_at at from member m join conversation c on c.id = m.conversation_id
       where m.user_id = ? and not m.removed and m.activity_bucket < 2147483647 and %2$s and %4$s
         and m.activity_bucket between ? and ?
         and c.last_change_at >= ? and (c.last_change_at, c.id) < (?, ?)
       order by m.activity_bucket desc, c.last_change_at desc, c.id desc limit ?)
      union
      (select m.*, c.last_change_at at from member m join conversation c on c.id = m.conversation_id
       where m.user_id = ? and not m.removed and m.activity_bucket = 2147483647 and %2$s and %4$s
         and greatest(c.last_change_at, c.edited_at) >= ? and (c.last_change_at, c.id) < (?, ?)
       order by c.last_change_at desc, c.id desc limit ?)
      union
      (select m.*, at from member m join conversation c on c.id = m.conversation_id,
         lateral (select case when m.removed then m.changed_at else c.last_change_at end at) a
       where m.user_id = ? and m.changed_bucket >= ? and %4$s
         and greatest(m.changed_at, case when not m.removed then c.edited_at end) >= ?
         and (at, c.id) < (?, ?)
       order by at desc, c.id desc limit ?)
    ) m
    join conversation c on c.id = m.conversation_id
    %3$s
    order by m.at desc, c.id desc limit ?
    """
        .formatted(InboxEntry.COLUMNS, list.condition(), InboxEntry.JOINS, InboxList.LISTED);
  }

  private static final String SELECT_PAIRS =
      """
      select %s
      from unnest(?::text[], ?::uuid[]) q(usr, conv)
      join member m on m.conversation_id = q.conv and m.user_id = q.usr
      join conversation c on c.id = q.conv
      %s
      where %s
      """
          .formatted(InboxEntry.COLUMNS, InboxEntry.JOINS, InboxList.LISTED);

  private static final Instant ALWAYS = Instant.EPOCH;
  // PostgreSQL's buckets are ints.
  private static final Instant NEVER = Instant.parse("3000-01-01T00:00:00Z");
  private static final ConversationId HIGHEST = new ConversationId(new java.util.UUID(-1, -1));

  private final Database database;
  private final String epoch;

  /// @param epoch this life of the store
  public Inbox(Database database, String epoch) {
    this.database = database;
    this.epoch = epoch;
  }

  /// The newest entries of a list; `limit` 1 to 100.
  public InboxPage newest(UserId user, InboxList list, int limit) {
    return read(user, first(list), limit, false);
  }

  /// The newest entries of the main list, or with a cursor that a page has told those that changed
  /// since, wherever they stand now; `limit` 1 to 100.
  ///
  /// Throws `IllegalArgumentException` for a text that is no cursor.
  public InboxPage since(UserId user, String cursor, int limit) {
    if (cursor.isEmpty()) {
      return newest(user, InboxList.MAIN, limit);
    }
    return read(user, InboxCursor.since(cursor), limit);
  }

  /// The page after the one that told `page`; `limit` 1 to 100.
  ///
  /// Throws `IllegalArgumentException` for a text that is no page.
  public InboxPage page(UserId user, String page, int limit) {
    return read(user, InboxCursor.page(page), limit);
  }

  // Of another life of the store: the same list from its start.
  private InboxPage read(UserId user, InboxCursor given, int limit) {
    boolean reset = !given.epoch().equals(epoch);
    InboxList anew = given.list() == InboxList.CHANGED ? InboxList.MAIN : given.list();
    return read(user, reset ? first(anew) : given, limit, reset);
  }

  private InboxCursor first(InboxList list) {
    return new InboxCursor(epoch, Optional.empty(), ALWAYS, Optional.empty(), list);
  }

  private InboxPage read(UserId user, InboxCursor given, int limit, boolean reset) {
    return database.snapshot(
        connection -> {
          InboxCursor at = given;
          if (at.below().isEmpty()) {
            // First page: what commits after this snapshot is at most a transaction's length older
            // than now.
            at =
                new InboxCursor(
                    epoch,
                    given.since(),
                    now(connection).minus(OVERLAP),
                    Optional.empty(),
                    given.list());
          }
          List<Placed> found = entries(connection, user, at, limit);
          List<Placed> shown = found.subList(0, fitting(found, limit));
          boolean more = shown.size() < found.size();
          return new InboxPage(
              shown.stream().map(Placed::entry).toList(),
              more ? at.pageText(shown.getLast().place()) : "",
              at.cursorText(),
              badges(connection, List.of(user)).getOrDefault(user, 0L),
              reset);
        });
  }

  // How many of them a page holds; one always fits.
  private static int fitting(List<Placed> found, int limit) {
    int bytes = 0;
    for (int i = 0; i < Math.min(found.size(), limit); i++) {
      bytes += found.get(i).entry().weight();
      if (i > 0 && bytes > MAX_BYTES) {
        return i;
      }
    }
    return Math.min(found.size(), limit);
  }

  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  // An entry and its place in the order of the list.
  private record Placed(InboxEntry entry, InboxCursor.Below place) {}

  // Reads one more than asked for, to see whether more follow.
  private static List<Placed> entries(Connection connection, UserId user, InboxCursor at, int limit)
      throws SQLException {
    Instant since = at.since().orElse(ALWAYS);
    InboxCursor.Below below = at.below().orElse(new InboxCursor.Below(NEVER, HIGHEST));
    try (PreparedStatement select = connection.prepareStatement(SELECTS.get(at.list()))) {
      Parameters set = new Parameters(select);
      set.next(user.value()).next(bucket(since)).next(bucket(below.activeAt()));
      set.next(since).next(below.activeAt()).next(below.id().value()).next(limit + 1);
      set.next(user.value());
      set.next(since).next(below.activeAt()).next(below.id().value()).next(limit + 1);
      // Without a cursor nobody asks what has been left.
      Instant changed = at.since().orElse(NEVER);
      set.next(user.value()).next(bucket(changed)).next(changed);
      set.next(below.activeAt()).next(below.id().value()).next(limit + 1);
      set.next(limit + 1);
      try (ResultSet row = select.executeQuery()) {
        return placed(row);
      }
    }
  }

  private static List<Placed> placed(ResultSet row) throws SQLException {
    List<Placed> found = new ArrayList<>();
    while (row.next()) {
      InboxEntry entry = InboxEntry.read(row);
      found.add(
          new Placed(entry, new InboxCursor.Below(row.getTimestamp("at").toInstant(), entry.id())));
    }
    return found;
  }

  private static int bucket(Instant at) {
    return (int) Math.floorDiv(at.getEpochSecond(), 600L);
  }

  // Fills a statement's parameters from left to right.
  private static final class Parameters {
    private final PreparedStatement statement;
    private int index;

    Parameters(PreparedStatement statement) {
      this.statement = statement;
    }

    Parameters next(Object value) throws SQLException {
      index++;
      if (value instanceof Instant at) {
        statement.setTimestamp(index, Timestamp.from(at));
      } else {
        statement.setObject(index, value);
      }
      return this;
    }
  }

  /// What these users' lists show of these conversations now, by user; pairs that name no
  /// membership, past or present, or what is in no list of theirs, are passed over.
  public Map<UserId, List<InboxEntry>> entries(
      Map<UserId, ? extends Collection<ConversationId>> wanted) {
    List<Object> users = new ArrayList<>();
    List<Object> ids = new ArrayList<>();
    wanted.forEach(
        (user, conversations) ->
            conversations.forEach(
                id -> {
                  users.add(user.value());
                  ids.add(id.value());
                }));
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT_PAIRS)) {
            select.setArray(1, connection.createArrayOf("text", users.toArray()));
            select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
              return byUser(row);
            }
          }
        });
  }

  private static Map<UserId, List<InboxEntry>> byUser(ResultSet row) throws SQLException {
    Map<UserId, List<InboxEntry>> found = new HashMap<>();
    while (row.next()) {
      found
          .computeIfAbsent(new UserId(row.getString("user_id")), _ -> new ArrayList<>())
          .add(InboxEntry.read(row));
    }
    return found;
  }

  /// Each user's badge: the sum of their main list's unread counts, each capped at 1,000.
  public Map<UserId, Long> badges(Collection<UserId> users) {
    return database.run(connection -> badges(connection, users));
  }

  private static Map<UserId, Long> badges(Connection connection, Collection<UserId> users)
      throws SQLException {
    Map<UserId, Set<ConversationId>> asked = new HashMap<>();
    users.forEach(user -> asked.put(user, Set.of()));
    Map<UserId, Long> badges = new HashMap<>();
    UnreadTable.read(connection, asked).forEach((user, unread) -> badges.put(user, unread.badge()));
    return badges;
  }

  /// Each user's badge, and how much they have not read of the conversations beside them, each
  /// capped at 1,000. Who has read everything is missing.
  public Map<UserId, Unread> unread(Map<UserId, Set<ConversationId>> asked) {
    return database.run(connection -> UnreadTable.read(connection, asked));
  }
}
