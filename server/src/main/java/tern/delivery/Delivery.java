// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tern.conversation.MemberList;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.Sessions;
import tern.watch.Watchers;

/// Hands what is committed to the sessions on this node: each event loop gets one task for all of
/// it.
///
/// Called after the commit, by one thread per conversation at a time, so that each session sees a
/// conversation's revisions in order.
public final class Delivery {
  private final Sessions sessions;
  private final Watchers watchers;

  /// Delivers to these sessions, and to those that watch.
  public Delivery(Sessions sessions, Watchers watchers) {
    this.sessions = sessions;
    this.watchers = watchers;
  }

  /// Hands each announcement to every session of its members, and to those that watch; never
  /// blocks. The frames are released when written.
  public void announce(List<Announcement> announcements) {
    Map<EventLoop, List<Runnable>> loops = new HashMap<>();
    for (Announcement announcement : announcements) {
      announce(announcement, loops);
    }
    loops.forEach((loop, tasks) -> loop.execute(() -> tasks.forEach(Runnable::run)));
  }

  private void announce(Announcement it, Map<EventLoop, List<Runnable>> loops) {
    watchers.announce(it.conversation(), it.revision(), it.members(), it.frame());
    deliver(it, it.frame(), it::isVisibleTo, loops);
    it.concealed()
        .ifPresent(
            concealed -> deliver(it, concealed.step(), joining -> !it.isVisibleTo(joining), loops));
  }

  private void deliver(
      Announcement it,
      OutgoingFrame frame,
      Predicate<MemberList.Joining> concerned,
      Map<EventLoop, List<Runnable>> loops) {
    Map<EventLoop, List<Session>> targets = new HashMap<>();
    it.members()
        .joined()
        .forEach(
            (user, joining) -> {
              // The list may be newer than the change: what was before their joining is not theirs.
              if (joining.revision() <= it.revision() && concerned.test(joining)) {
                for (Session session : sessions.of(user)) {
                  targets.computeIfAbsent(session.loop(), _ -> new ArrayList<>()).add(session);
                }
              }
            });
    targets.forEach(
        (loop, there) -> {
          frame.retain();
          loops.computeIfAbsent(loop, _ -> new ArrayList<>()).add(() -> deliver(it, frame, there));
        });
    frame.release();
  }

  private static void deliver(Announcement it, OutgoingFrame frame, List<Session> targets) {
    for (Session session : targets) {
      session.deliver(it.conversation(), it.revision(), frame);
    }
    frame.release();
  }

  /// Hands a hint to the sessions of a conversation's members that `wanted` lets through, and that
  /// have room for more; releases the frame.
  public void hint(MemberList members, Predicate<Session> wanted, OutgoingFrame frame) {
    hand(members.joined().keySet(), wanted, frame, session -> session.outbox().hasRoom());
  }

  /// Hands state to the sessions of a conversation's members that `wanted` lets through; releases
  /// the frame.
  public void tell(MemberList members, Predicate<Session> wanted, OutgoingFrame frame) {
    tell(members.joined().keySet(), wanted, frame);
  }

  /// Hands a frame to the sessions of these users that `wanted` lets through; releases the frame.
  public void tell(Collection<UserId> users, Predicate<Session> wanted, OutgoingFrame frame) {
    hand(users, wanted, frame, _ -> true);
  }

  private void hand(
      Collection<UserId> users,
      Predicate<Session> wanted,
      OutgoingFrame frame,
      Predicate<Session> wantedThere) {
    for (UserId user : users) {
      for (Session session : sessions.of(user)) {
        if (wanted.test(session)) {
          frame.retain();
          session.loop().execute(() -> offer(session, frame, wantedThere));
        }
      }
    }
    frame.release();
  }

  private static void offer(Session session, OutgoingFrame frame, Predicate<Session> wanted) {
    if (wanted.test(session)) {
      session.offer(frame);
    }
    frame.release();
  }
}
