// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.Shares;

/// All that is watched on this node.
///
/// A session enters here first and reads from the store then; a sender commits first, and what it
/// committed is announced here then: one of the two always sees the other. Entering, leaving and
/// announcing cost the same whatever the number of watchers.
public final class Watchers {
  private final WatchConfig config;
  private final WatchFrames frames;
  private final ConcurrentMap<ConversationId, Room> rooms = new ConcurrentHashMap<>();
  private final Shares shares;
  // Set once, by the wiring, before anybody watches.
  private volatile Refresher refresher = (_, _, _, readers) -> readers.refusedForNow();
  private volatile Consumer<Watcher> doubts = _ -> {};

  /// Nobody watches yet.
  public Watchers(WatchConfig config, WatchFrames frames) {
    this.config = config;
    this.frames = frames;
    this.shares = new Shares(config.watchesPerUser());
  }

  /// Says who reads pages for those who have missed too much, and who asks the store again whether
  /// somebody may still watch. To be called once, before the first session is let in.
  public void use(Refresher pages, Consumer<Watcher> doubted) {
    refresher = pages;
    doubts = doubted;
  }

  /// Takes in a session, which has yet to be let in: [Watcher#begin] or [Watcher#leave] follows. On
  /// its event loop. Empty when its user watches as much as one may.
  public Optional<Watcher> enter(ConversationId conversation, Session session) {
    if (!shares.tryTake(session.user())) {
      return Optional.empty();
    }
    Room room =
        rooms.compute(
            conversation,
            (id, present) -> {
              Room standing = present == null ? new Room(id, this) : present;
              standing.enter();
              return standing;
            });
    return Optional.of(room.add(session));
  }

  void left(Room room, UserId user) {
    shares.giveBack(user);
    rooms.computeIfPresent(
        room.conversation(), (_, present) -> present.watchers() == 0 ? null : present);
  }

  /// Hands a committed change to those who watch the conversation, if any; never blocks. By one
  /// thread per conversation at a time, in the order of revisions. The caller keeps its reference.
  ///
  /// @param members who is a member then, and is told in another way
  public void announce(
      ConversationId conversation, long revision, MemberList members, OutgoingFrame frame) {
    Room room = rooms.get(conversation);
    if (room != null) {
      room.announce(revision, members, frame);
    }
  }

  /// Sends users away from a conversation.
  public void cut(ConversationId conversation, Collection<UserId> users) {
    farewell(conversation, (room, farewell) -> room.cut(users, farewell));
  }

  /// Sends everybody away from a conversation.
  public void cutAll(ConversationId conversation) {
    farewell(conversation, Room::cutAll);
  }

  private interface Farewell {
    void say(Room room, OutgoingFrame farewell);
  }

  private void farewell(ConversationId conversation, Farewell farewell) {
    Room room = rooms.get(conversation);
    if (room != null) {
      OutgoingFrame frame = frames.unwatched(conversation);
      farewell.say(room, frame);
      frame.release();
    }
  }

  /// Sends one watcher away; on its event loop.
  public void cut(Watcher watcher) {
    if (watcher.isHere()) {
      OutgoingFrame farewell = frames.unwatched(watcher.conversation());
      watcher.session().offer(farewell);
      farewell.release();
      watcher.leave();
    }
  }

  /// How many watch a conversation now.
  public int count(ConversationId conversation) {
    Room room = rooms.get(conversation);
    return room == null ? 0 : room.watchers();
  }

  /// What is watched now.
  public List<ConversationId> conversations() {
    return List.copyOf(rooms.keySet());
  }

  /// Tells those who watch how many they are, where it has changed and was not told lately. By one
  /// thread.
  public void tellCounts(long nowNanos) {
    for (Room room : rooms.values()) {
      int rough = rough(room.watchers());
      boolean isDue =
          room.countTold == 0 || nowNanos - room.countToldNanos >= config.countEvery().toNanos();
      if (rough != room.countTold && isDue) {
        room.countTold = rough;
        room.countToldNanos = nowNanos;
        OutgoingFrame frame = frames.count(room.conversation(), rough);
        room.tell(frame);
        frame.release();
      }
    }
  }

  /// A count to two digits from 100 on, so that in a crowd not everybody who comes or goes is told.
  public static int rough(int count) {
    int unit = 1;
    while (count / unit >= 100) {
      unit *= 10;
    }
    return count / unit * unit;
  }

  Refresher refresher() {
    return refresher;
  }

  void doubted(Watcher watcher) {
    doubts.accept(watcher);
  }
}
