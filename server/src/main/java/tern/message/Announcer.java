// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.conversation.Member;
import tern.conversation.MemberList;
import tern.conversation.MemberLists;
import tern.delivery.Announced;
import tern.delivery.Announcement;
import tern.delivery.Delivery;
import tern.delivery.Settler;
import tern.delivery.Unsettled;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;
import tern.store.GroupCommit;
import tern.store.StoreException;

/// Tells the members, after the commit: one thread, so that each conversation's revisions go out in
/// order.
///
/// When announcements pile up, the lanes are held back: nothing is dropped.
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private static final int QUEUE = 1_000;
  private static final int GROUP = 64;
  private static final int REMEMBERED = 200_000;

  private final SafetyNet safetyNet;
  private final MemberLists lists;
  private final Delivery delivery;
  private final LiveFrames frames;
  private final Settler settler;
  private final BiConsumer<ConversationId, Set<UserId>> listsChanged;
  // The highest revision that was announced of each conversation; forgotten ones only cost clients
  // a repeat, which they drop.
  private final Cache<ConversationId, Long> highest =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final GroupCommit<Committed> queue =
      new GroupCommit<>("announcer", QUEUE, GROUP, this::announce);

  /// Starts its thread.
  ///
  /// @param listsChanged told whose conversation lists look different
  public Announcer(
      Database database,
      MemberLists lists,
      Delivery delivery,
      LiveFrames frames,
      Settler settler,
      BiConsumer<ConversationId, Set<UserId>> listsChanged) {
    this.safetyNet = new SafetyNet(database);
    this.lists = lists;
    this.delivery = delivery;
    this.frames = frames;
    this.settler = settler;
    this.listsChanged = listsChanged;
    queue.start();
  }

  /// Takes what was committed; waits for room.
  public void announce(Committed committed) {
    committed.groupNo().ifPresent(settler::announcing);
    queue.put(committed);
  }

  /// These have been committed just now: whoever asks from now on finds no older list of members
  /// and no older rules, before the changes are announced, too. For virtual threads.
  public void committed(List<Committed> all) {
    for (Committed committed : all) {
      for (Committed.Change change : committed.changes()) {
        switch (change) {
          case Committed.MembersChanged it -> lists.forget(it.conversation());
          case Committed.SettingsChanged it -> lists.forgetRules(it.conversation());
          default -> {}
        }
      }
    }
  }

  /// Takes what the safety net found; waits for room.
  public void announceAgain(Unsettled row) {
    announce(safetyNet.read(row));
  }

  private List<Committed> announce(List<Committed> group) {
    Map<ConversationId, Long> wanted = new HashMap<>();
    for (Committed committed : group) {
      for (Committed.Change change : committed.changes()) {
        wanted.merge(change.conversation(), change.membershipRevision(), Math::max);
        if (change instanceof Committed.SettingsChanged) {
          lists.forgetRules(change.conversation());
        }
      }
    }
    try {
      Map<ConversationId, MemberList> members = lists.atLeast(wanted);
      List<Announcement> announcements = new ArrayList<>();
      for (Committed committed : group) {
        announcements.addAll(news(committed, members));
      }
      delivery.announce(announcements);
      group.forEach(committed -> settle(committed, members));
      return List.of();
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("cause", e.getMessage()).log("member lists not read, trying again");
      return group;
    }
  }

  private List<Announcement> news(Committed committed, Map<ConversationId, MemberList> members) {
    List<Announcement> announcements = new ArrayList<>();
    for (Committed.Change change : committed.changes()) {
      if (isNews(change)) {
        try {
          announcements.add(announcement(change, membersOf(change, members)));
        } catch (RuntimeException e) {
          // The others are not held up by it; its devices will see a gap, and catch up.
          LOG.atError()
              .setCause(e)
              .addKeyValue("conversation", change.conversation())
              .addKeyValue("revision", change.revision())
              .log("a change can't be announced");
        }
      }
    }
    return announcements;
  }

  // What comes late, from the safety net, may have been overtaken: the members' devices have caught
  // up on it by then, and a step back would only confuse them.
  private boolean isNews(Committed.Change change) {
    Long known = highest.getIfPresent(change.conversation());
    if (known != null && known >= change.revision()) {
      return false;
    }
    highest.put(change.conversation(), change.revision());
    return true;
  }

  private static MemberList membersOf(
      Committed.Change change, Map<ConversationId, MemberList> members) {
    // Empty: all have left since.
    return members.getOrDefault(
        change.conversation(), MemberList.empty(change.membershipRevision()));
  }

  private Announcement announcement(Committed.Change change, MemberList members) {
    return new Announcement(
        change.conversation(),
        change.revision(),
        members,
        switch (change) {
          case Committed.MessageStored it -> frames.message(it);
          case Committed.SystemStored(var stored) -> frames.message(stored);
          case Committed.MembersChanged it ->
              frames.members(it.conversation(), it.revision(), it.sequence(), it.members());
          case Committed.MessageChanged it -> frames.changed(it);
          case Committed.Reacted it -> frames.reacted(it);
          case Committed.SettingsChanged it -> frames.settings(it);
        },
        switch (change) {
          case Committed.MessageStored _,
              Committed.SystemStored _,
              Committed.MembersChanged _,
              Committed.SettingsChanged _ ->
              Optional.empty();
          case Committed.MessageChanged it -> concealed(it, it.sequence(), it.message().sequence());
          case Committed.Reacted it -> concealed(it, it.sequence(), it.message());
        });
  }

  private Optional<Announcement.Concealed> concealed(
      Committed.Change it, long sequence, long message) {
    return Optional.of(
        new Announcement.Concealed(
            message,
            frames.step(it.conversation(), it.revision(), it.membershipRevision(), sequence)));
  }

  private void settle(Committed committed, Map<ConversationId, MemberList> lists) {
    List<Announced> settled = new ArrayList<>();
    for (Committed.Change change : committed.changes()) {
      Set<UserId> members = membersOf(change, lists).joined().keySet();
      switch (change) {
        case Committed.MessageStored it -> {
          settled.add(
              new Announced(
                  it.conversation(),
                  it.message().sender(),
                  it.revision(),
                  it.message().sequence()));
          listsChanged.accept(it.conversation(), members);
        }
        case Committed.MembersChanged it -> {
          Set<UserId> concerned = new HashSet<>(members);
          it.members().stream().map(Member::user).forEach(concerned::add);
          listsChanged.accept(it.conversation(), concerned);
        }
        case Committed.SystemStored it -> listsChanged.accept(it.conversation(), members);
        case Committed.MessageChanged it -> listsChanged.accept(it.conversation(), members);
        case Committed.SettingsChanged it -> listsChanged.accept(it.conversation(), members);
        // No list shows reactions.
        case Committed.Reacted _ -> {}
      }
    }
    committed.groupNo().ifPresent(groupNo -> settler.announced(groupNo, settled));
  }

  /// Announces what waits, then ends.
  @Override
  public void close() {
    queue.close();
  }
}
