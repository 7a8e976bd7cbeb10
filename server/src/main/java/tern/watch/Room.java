// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.session.Session;

/// A conversation that is watched on this node: a gallery on each event loop where somebody does.
/// Any thread may use it, save where it says otherwise.
final class Room {
  private final ConversationId conversation;
  private final Watchers all;
  private final Map<EventLoop, Gallery> galleries = new ConcurrentHashMap<>();
  private final AtomicInteger watchers = new AtomicInteger();

  // Owned by whoever tells counts.
  int countTold;
  long countToldNanos;

  Room(ConversationId conversation, Watchers all) {
    this.conversation = conversation;
    this.all = all;
  }

  ConversationId conversation() {
    return conversation;
  }

  /// How many watch.
  int watchers() {
    return watchers.get();
  }

  Refresher refresher() {
    return all.refresher();
  }

  void enter() {
    watchers.incrementAndGet();
  }

  /// Takes in a session that has been counted; on its event loop.
  Watcher add(Session session) {
    Gallery gallery = galleries.computeIfAbsent(session.loop(), loop -> new Gallery(this, loop));
    Watcher watcher = new Watcher(gallery, session);
    gallery.add(watcher);
    return watcher;
  }

  /// On the gallery's event loop, where alone galleries begin and end.
  void closed(Gallery gallery) {
    galleries.remove(gallery.loop(), gallery);
  }

  void left(UserId user) {
    watchers.decrementAndGet();
    all.left(this, user);
  }

  /// Its user is no member any more, and may not watch either.
  void doubted(Watcher watcher) {
    all.doubted(watcher);
  }

  /// There is nothing to watch any more.
  void gone() {
    all.cutAll(conversation);
  }

  /// Hands a change to every gallery; the caller keeps its reference.
  void announce(long revision, MemberList members, OutgoingFrame frame) {
    each(frame, gallery -> gallery.take(revision, members, frame));
  }

  /// Tells all of them how many they are; the caller keeps its reference.
  void tell(OutgoingFrame count) {
    each(count, gallery -> gallery.tell(count));
  }

  void cut(Collection<UserId> users, OutgoingFrame farewell) {
    Set<UserId> gone = Set.copyOf(users);
    each(farewell, gallery -> releasing(farewell, () -> gallery.cut(gone, farewell)));
  }

  void cutAll(OutgoingFrame farewell) {
    each(farewell, gallery -> releasing(farewell, () -> gallery.cutAll(farewell)));
  }

  private static void releasing(OutgoingFrame frame, Runnable step) {
    try {
      step.run();
    } finally {
      frame.release();
    }
  }

  // Each step takes over a reference of its own.
  private void each(OutgoingFrame frame, Consumer<Gallery> step) {
    for (Gallery gallery : galleries.values()) {
      frame.retain();
      try {
        gallery.loop().execute(() -> step.accept(gallery));
      } catch (RejectedExecutionException _) {
        // The event loop has ended, and its sockets with it.
        frame.release();
      }
    }
  }
}
