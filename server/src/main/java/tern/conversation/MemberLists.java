// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.conversation.rules.PostingRules;
import tern.conversation.rules.Until;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// The member lists of the conversations that this node is busy with.
///
/// A cached list is used only when the transaction that needs it has just read the same membership
/// revision, so a stale one is never acted on. Bounded by the number of members held; the least
/// used go first. Blocks on a miss.
public final class MemberLists {
  private static final long MAX_MEMBERS_HELD = 2_000_000;

  private final Database database;
  private final PostingRules rules;
  private final Cache<ConversationId, MemberList> lists =
      Caffeine.newBuilder()
          .maximumWeight(MAX_MEMBERS_HELD)
          .weigher((ConversationId _, MemberList list) -> 1 + list.size())
          .build();

  /// Reads from this database.
  public MemberLists(Database database) {
    this.database = database;
    this.rules = new PostingRules(database);
  }

  /// The lists of these conversations, each at least as new as the membership revision given for
  /// it.
  public Map<ConversationId, MemberList> atLeast(Map<ConversationId, Long> membershipRevisions) {
    Map<ConversationId, MemberList> answer = HashMap.newHashMap(membershipRevisions.size());
    List<ConversationId> missing = new ArrayList<>();
    membershipRevisions.forEach(
        (id, revision) -> {
          MemberList list = lists.getIfPresent(id);
          if (list != null && list.membershipRevision() >= revision) {
            answer.put(id, list);
          } else {
            missing.add(id);
          }
        });
    if (!missing.isEmpty()) {
      Map<ConversationId, MemberList> read = database.run(connection -> read(connection, missing));
      // What is not found has no members any more.
      missing.stream().filter(id -> !read.containsKey(id)).forEach(lists::invalidate);
      // Another reader may have been overtaken: an older list never replaces a newer one.
      read.forEach((id, list) -> lists.asMap().merge(id, list, MemberLists::newer));
      answer.putAll(read);
    }
    return answer;
  }

  /// The newest list that this node knows of, read if it knows none; empty for an unknown
  /// conversation. For hints (typing, receipts), where a moment's staleness harms nobody.
  public MemberList current(ConversationId id) {
    MemberList list = atLeast(Map.of(id, 0L)).get(id);
    return list == null ? MemberList.empty(0) : list;
  }

  /// Likewise, for somebody who may be a member; empty for who is none. A stranger's question takes
  /// as long for a conversation that this node is busy with as for one that does not exist.
  public MemberList currentFor(ConversationId id, UserId user) {
    MemberList known = lists.getIfPresent(id);
    if (known != null && known.has(user)) {
      return known;
    }
    if (!database.run(connection -> Membership.isActing(connection, id, user))) {
      return MemberList.empty(0);
    }
    lists.invalidate(id);
    return current(id);
  }

  /// Whether the member of the list may post just now: their role is high enough, and they are not
  /// muted. For hints, as [#current]; asks nothing of a conversation that was asked about lately.
  public boolean mayPost(ConversationId id, MemberList list, UserId member, Instant now) {
    return !list.isMuted(member, now) && rules.mayPost(id, list.role(member));
  }

  /// A member sees less than before, which takes no revision, or something else has just changed:
  /// list and rules are read again when they are needed.
  public void forget(ConversationId id) {
    lists.invalidate(id);
    forgetRules(id);
  }

  /// The conversation's rules are others: they are read again when they are needed.
  public void forgetRules(ConversationId id) {
    rules.forget(id);
  }

  private static MemberList newer(MemberList one, MemberList other) {
    return one.membershipRevision() > other.membershipRevision() ? one : other;
  }

  private static Map<ConversationId, MemberList> read(
      Connection connection, Collection<ConversationId> ids) throws SQLException {
    Map<ConversationId, Drawn> found = new HashMap<>();
    Array wanted =
        connection.createArrayOf("uuid", ids.stream().map(ConversationId::value).toArray());
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.id, c.membership_revision, m.user_id, m.joined_revision, m.visible_from,
              m.muted_until, m.role
            from conversation c join member m on m.conversation_id = c.id and not m.removed
            where c.id = any(?)
            """)) {
      select.setArray(1, wanted);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ConversationId id = new ConversationId(row.getObject(1, UUID.class));
          found.computeIfAbsent(id, _ -> new Drawn()).add(row);
        }
      }
    }
    Map<ConversationId, MemberList> lists = HashMap.newHashMap(found.size());
    found.forEach((id, drawn) -> lists.put(id, drawn.list()));
    return lists;
  }

  // A list while its rows are read.
  private static final class Drawn {
    private final Map<UserId, MemberList.Joining> joined = new HashMap<>();
    private final Map<UserId, Role> leading = new HashMap<>();
    private final Map<UserId, Instant> mutedUntil = new HashMap<>();
    private long revision;

    void add(ResultSet row) throws SQLException {
      UserId user = new UserId(row.getString(3));
      revision = row.getLong(2);
      joined.put(user, new MemberList.Joining(row.getLong(4), row.getLong(5)));
      Role role = Role.of(row.getInt(7));
      if (role != Role.MEMBER) {
        leading.put(user, role);
      }
      @Nullable Timestamp muted = row.getTimestamp(6);
      if (muted != null) {
        mutedUntil.put(user, Until.of(muted));
      }
    }

    MemberList list() {
      return new MemberList(revision, joined, leading, mutedUntil);
    }
  }
}
