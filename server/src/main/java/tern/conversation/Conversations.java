// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tern.conversation.rules.WatchRules;
import tern.id.ConversationId;
import tern.id.ConversationKey;
import tern.id.UserId;
import tern.store.Database;

/// Creates and reads conversations. Blocks; for virtual threads.
public final class Conversations {
  private final Database database;
  private final Consumer<OpenConversation> appeared;

  /// Works on this database.
  ///
  /// @param appeared told of each conversation that comes into lists, after the commit
  public Conversations(Database database, Consumer<OpenConversation> appeared) {
    this.database = database;
    this.appeared = appeared;
  }

  // A DIRECT conversation, and whether it comes into the asker's list by that.
  private record Opening(OpenConversation conversation, boolean appears) {}

  /// The DIRECT conversation of two users; created by whoever asks first, and in the other one's
  /// lists once there is a message in it, or they ask for it too.
  public OpenConversation openDirect(UserId user, UserId peer) {
    if (user.equals(peer)) {
      throw new IllegalArgumentException("user_id: one's own (expected: another user's)");
    }
    Opening opening =
        database.transaction(
            connection -> {
              boolean ordered = user.value().compareTo(peer.value()) < 0;
              String lower = (ordered ? user : peer).value();
              String upper = (ordered ? peer : user).value();
              ConversationId id = randomId();
              boolean isNew = claim(connection, CLAIM_PAIR, id, lower, upper);
              if (isNew) {
                insert(
                    connection,
                    new NewConversation(
                        id,
                        ConversationKind.DIRECT,
                        ConversationKey.NONE,
                        "",
                        HistoryVisibility.START));
                insertMembers(connection, id, List.of(user, peer), Role.MEMBER);
              }
              ConversationId standing = isNew ? id : find(connection, FIND_PAIR, lower, upper);
              boolean appears = isNewTo(connection, standing, user, peer, isNew);
              return new Opening(read(connection, standing, user, isNew).orElseThrow(), appears);
            });
    if (opening.appears()) {
      appeared.accept(opening.conversation());
    }
    return opening.conversation();
  }

  // One of the two may have blocked the other before they had a conversation. Answers whether it
  // comes into the list of `user`.
  private static boolean isNewTo(
      Connection connection, ConversationId id, UserId user, UserId peer, boolean isNew)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select open_direct_v1(?, ?, ?, ?)")) {
      call.setObject(1, id.value());
      call.setString(2, user.value());
      call.setString(3, peer.value());
      call.setBoolean(4, isNew);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /// Creates a group with `owner` and `others`; with a key that a group has of which the
  /// owner is a member, that one, as it is.
  ///
  /// @param settings its name, and what it begins with
  public Creation createGroup(
      UserId owner,
      Collection<UserId> others,
      ConversationKey key,
      HistoryVisibility visibility,
      SettingsChange settings) {
    NewConversation wanted =
        new NewConversation(
            randomId(), ConversationKind.GROUP, key, settings.name().orElse(""), visibility);
    return announced(
        database.transaction(connection -> create(connection, wanted, owner, others, settings)));
  }

  /// Creates an OPEN conversation with `owner` and `others` as its members; with a key that one of
  /// the owner's has, that one, as it is.
  ///
  /// @param settings its name, and what it begins with; who posts is told by `rules` too
  public Creation createOpen(
      UserId owner,
      Collection<UserId> others,
      ConversationKey key,
      WatchRules rules,
      SettingsChange settings) {
    String name = settings.name().orElse("");
    NewConversation wanted =
        new NewConversation(randomId(), ConversationKind.OPEN, key, name, HistoryVisibility.START);
    return announced(
        database.transaction(
            connection -> {
              Creation creation = create(connection, wanted, owner, others, settings);
              if (creation instanceof Creation.Opened(var it) && it.created()) {
                GroupSettings.foundWatching(connection, wanted.id(), rules);
                return new Creation.Opened(
                    read(connection, wanted.id(), owner, true).orElseThrow());
              }
              return creation;
            }));
  }

  private static Creation create(
      Connection connection,
      NewConversation it,
      UserId owner,
      Collection<UserId> others,
      SettingsChange settings)
      throws SQLException {
    Savepoint untouched = connection.setSavepoint();
    ConversationKey key = it.key();
    if (!key.isNone() && !claim(connection, CLAIM_KEY, it.id(), key.text(), key.owner())) {
      ConversationId found = find(connection, FIND_KEY, key.text(), key.owner());
      return read(connection, found, owner, false)
          .filter(standing -> standing.conversation().kind() == it.kind())
          .<Creation>map(Creation.Opened::new)
          .orElse(Creation.Refused.KEY_TAKEN);
    }
    if (!Consent.isGiven(connection, owner, others)) {
      connection.rollback(untouched);
      return Creation.Refused.FORBIDDEN;
    }
    insert(connection, it);
    GroupSettings.found(connection, it.id(), settings);
    insertMembers(connection, it.id(), List.of(owner), Role.OWNER);
    insertMembers(
        connection,
        it.id(),
        others.stream().filter(u -> !u.equals(owner)).distinct().toList(),
        Role.MEMBER);
    return new Creation.Opened(read(connection, it.id(), owner, true).orElseThrow());
  }

  /// A group that was made elsewhere.
  ///
  /// @param key the app's own unique name for it
  /// @param settings its name, and what it begins with
  /// @param createdAt when it was made there
  /// @param members by their roles, each once
  public record PastGroup(
      String key,
      SettingsChange settings,
      Instant createdAt,
      HistoryVisibility visibility,
      Map<Role, List<UserId>> members) {
    /// Keeps its own copy.
    public PastGroup {
      members = Map.copyOf(members);
    }
  }

  /// Creates a group as it was elsewhere, or finds the one that has its key. Members who were
  /// erased since are left out.
  ///
  /// Throws `IllegalArgumentException` when it was made later than now.
  public Creation importGroup(PastGroup group) {
    return announced(database.transaction(connection -> create(connection, group)));
  }

  private static Creation create(Connection connection, PastGroup group) throws SQLException {
    ConversationId id = randomId();
    ConversationKey key = ConversationKey.ofApp(group.key());
    if (!claim(connection, CLAIM_KEY, id, key.text(), key.owner())) {
      ConversationId found = find(connection, FIND_KEY, key.text(), key.owner());
      OpenConversation standing =
          whole(connection, found, members(connection, found, Optional.empty()), false);
      return standing.conversation().kind() == ConversationKind.GROUP
          ? new Creation.Opened(standing)
          : Creation.Refused.KEY_TAKEN;
    }
    insert(
        connection,
        new NewConversation(
            id,
            ConversationKind.GROUP,
            key,
            group.settings().name().orElse(""),
            group.visibility()));
    GroupSettings.found(connection, id, group.settings());
    List<UserId> given = group.members().values().stream().flatMap(List::stream).toList();
    Set<UserId> erased = Consent.erased(connection, given, group.createdAt());
    for (Map.Entry<Role, List<UserId>> role : group.members().entrySet()) {
      List<UserId> standing =
          role.getValue().stream().filter(user -> !erased.contains(user)).toList();
      insertMembers(connection, id, standing, role.getKey());
    }
    GroupSettings.foundAt(connection, id, group.createdAt());
    return new Creation.Opened(
        whole(connection, id, members(connection, id, Optional.empty()), true));
  }

  private Creation announced(Creation creation) {
    return creation instanceof Creation.Opened(var conversation)
        ? new Creation.Opened(told(conversation))
        : creation;
  }

  private OpenConversation told(OpenConversation conversation) {
    if (conversation.created()) {
      appeared.accept(conversation);
    }
    return conversation;
  }

  /// Reads a conversation as one of its members; empty when there is none, or none of the reader's.
  public Optional<OpenConversation> read(ConversationId id, UserId reader) {
    return database.snapshot(connection -> read(connection, id, reader, false));
  }

  private record NewConversation(
      ConversationId id,
      ConversationKind kind,
      ConversationKey key,
      String name,
      HistoryVisibility visibility) {}

  // Its first bits are random, so that conversations spread over indexes and shards.
  private static ConversationId randomId() {
    return new ConversationId(UUID.randomUUID());
  }

  private static final String CLAIM_PAIR =
      "insert into direct_pair (conversation_id, lower_user, upper_user) values (?, ?, ?)"
          + " on conflict do nothing";
  private static final String CLAIM_KEY =
      "insert into conversation_key (conversation_id, key, owner) values (?, ?, ?)"
          + " on conflict do nothing";
  private static final String FIND_PAIR =
      "select conversation_id from direct_pair where lower_user = ? and upper_user = ?";
  private static final String FIND_KEY =
      "select conversation_id from conversation_key where key = ? and owner = ?";

  // On a conflict it waits for the other one's commit, so that what follows sees it.
  private static boolean claim(
      Connection connection, String sql, ConversationId id, String... names) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, id.value());
      for (int i = 0; i < names.length; i++) {
        insert.setString(i + 2, names[i]);
      }
      return insert.executeUpdate() == 1;
    }
  }

  private static ConversationId find(Connection connection, String sql, String... names)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < names.length; i++) {
        select.setString(i + 1, names[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new ConversationId(row.getObject(1, UUID.class));
      }
    }
  }

  private static void insert(Connection connection, NewConversation it) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into conversation (id, kind, key, name, history_visibility, created_at,
              settings_revision, revision, membership_revision, member_count, last_change_at,
              activity_bucket)
            select ?, ?, ?, ?, ?, t, 1, 1, 1, 0, t, floor(extract(epoch from t) / 600)
            from date_trunc('milliseconds', clock_timestamp()) t
            """)) {
      insert.setObject(1, it.id().value());
      insert.setInt(2, it.kind().number());
      insert.setString(3, it.key().text());
      insert.setString(4, it.name());
      insert.setInt(5, it.visibility().number());
      insert.executeUpdate();
    }
  }

  // More than 100 members: see member.activity_bucket.
  private static void insertMembers(
      Connection connection, ConversationId id, Collection<UserId> users, Role role)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with c as (
              update conversation set member_count = member_count + cardinality(?::text[]),
                activity_bucket = case when member_count + cardinality(?::text[]) > 100
                  then 2147483647 else activity_bucket end
              where id = ? returning *),
            spread as (
              update member m set activity_bucket = c.activity_bucket from c
              where m.conversation_id = c.id and m.activity_bucket <> c.activity_bucket)
            insert into member (conversation_id, user_id, role, revision, joined_revision,
              visible_from, activity_bucket, changed_at, changed_bucket)
            select c.id, u, ?, 1, 1, 1, c.activity_bucket, c.last_change_at,
              floor(extract(epoch from c.last_change_at) / 600)
            from c, unnest(?::text[]) u
            """)) {
      var names = connection.createArrayOf("text", users.stream().map(UserId::value).toArray());
      insert.setArray(1, names);
      insert.setArray(2, names);
      insert.setObject(3, id.value());
      insert.setInt(4, role.number());
      insert.setArray(5, names);
      insert.executeUpdate();
    }
  }

  private static Optional<OpenConversation> read(
      Connection connection, ConversationId id, UserId reader, boolean created)
      throws SQLException {
    List<Member> members = members(connection, id, Optional.of(reader));
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(whole(connection, id, members, created));
  }

  // None for a reader who is none of them, and no more is read then than of an unknown
  // conversation.
  private static List<Member> members(
      Connection connection, ConversationId id, Optional<UserId> reader) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Member.COLUMNS
                + " from member m where m.conversation_id = ? and not m.removed"
                + " and (? = '' or exists (select from member r"
                + " where r.conversation_id = ? and r.user_id = ? and not r.removed))"
                + " order by m.user_id")) {
      select.setObject(1, id.value());
      String user = reader.map(UserId::value).orElse("");
      select.setString(2, user);
      select.setObject(3, id.value());
      select.setString(4, user);
      List<Member> members = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          members.add(Member.read(row));
        }
      }
      return members;
    }
  }

  // Of a conversation that there is.
  private static OpenConversation whole(
      Connection connection, ConversationId id, List<Member> members, boolean created)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Conversation.COLUMNS
                + ", c.revision, c.last_sequence from conversation c where c.id = ?")) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new OpenConversation(
            Conversation.read(row),
            members,
            created,
            row.getLong("revision"),
            row.getLong("last_sequence"));
      }
    }
  }
}
