// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.util.concurrent.TimeUnit;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;
import tern.session.Session;

/// A session that watches a conversation: how far it has got, and whether it can take more.
///
/// Owned by the session's event loop. Begins when it has been let in and has its first page; until
/// then, and while it has no room, it is passed over, and what it misses is still there, or comes
/// as a new page. Ends with [#leave].
public final class Watcher {
  private static final long LATER_MILLIS = 1_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final Gallery gallery;
  private final Session session;
  private State state = State.ENTERING;
  // The revision up to which the session has everything.
  private long position;
  // From this revision on it gets changes as a member, and not from here.
  private long memberFrom = NEVER;

  /// Where it stands in its gallery; -1 when it is not there.
  int place = -1;

  /// The newest count of watchers that it was told.
  int countTold;

  private enum State {
    /// Not let in, or without its first page yet.
    ENTERING,
    LIVE,
    /// Until its outbox has room.
    FULL,
    /// Until a new page has been read for all who have missed too much.
    BEHIND,
    GONE
  }

  Watcher(Gallery gallery, Session session) {
    this.gallery = gallery;
    this.session = session;
  }

  /// Whose it is.
  public Session session() {
    return session;
  }

  /// What it watches.
  public ConversationId conversation() {
    return gallery.conversation();
  }

  /// Whether it still watches.
  public boolean isHere() {
    return state != State.GONE;
  }

  /// Whether it has been let in.
  public boolean hasBegun() {
    return state != State.ENTERING;
  }

  /// How many watch the conversation on this node.
  public int watchers() {
    return gallery.watchers();
  }

  /// It has a page that goes through this revision, and live changes follow.
  public void begin(long through) {
    assert session.loop().inEventLoop();
    if (isHere()) {
      position = Math.max(position, through);
      state = State.LIVE;
      gallery.visit(this);
    }
  }

  /// Runs `step` on its event loop in a second, if it is still here then.
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
  public void later(Runnable step) {
    session
        .loop()
        .schedule(
            () -> {
              if (isHere()) {
                step.run();
              }
            },
            LATER_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// Its user was, or was not, a member at this membership revision.
  public void setMember(boolean isMember, long membershipRevision) {
    assert session.loop().inEventLoop();
    gallery.standing(this, isMember, membershipRevision);
  }

  /// Whether its user is a member, as far as is known here.
  public boolean isMember() {
    return memberFrom < NEVER;
  }

  /// Takes it from the conversation. May be called again.
  public void leave() {
    assert session.loop().inEventLoop();
    if (isHere()) {
      state = State.GONE;
      gallery.remove(this);
    }
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  long position() {
    return position;
  }

  /// Whether the socket can take more; if not, it is visited again when it can.
  boolean hasRoom() {
    if (session.outbox().hasRoom()) {
      return true;
    }
    state = State.FULL;
    session.outbox().whenRoom(() -> begin(position));
    return false;
  }

  /// Gives it the next revision; returns how many frames were written.
  int give(OutgoingFrame frame) {
    position++;
    if (position >= memberFrom) {
      return 0;
    }
    session.offer(frame);
    return 1;
  }

  /// What follows is not to be had any more: it waits for a page.
  void fallBehind() {
    state = State.BEHIND;
  }

  boolean isBehind() {
    return state == State.BEHIND;
  }

  /// Gives it a page that goes through this revision, in place of what it has missed.
  void giveInstead(long through, OutgoingFrame page) {
    session.offer(page);
    position = Math.max(position, through);
    state = State.LIVE;
  }

  /// As a member it gets this revision, and all after it, in another way.
  void becomesMember(long revision) {
    memberFrom = Math.min(memberFrom, revision);
  }

  /// What came before this revision has reached it as a member.
  void isNoMemberFrom(long revision) {
    if (isMember()) {
      memberFrom = NEVER;
      position = Math.max(position, revision - 1);
    }
  }
}
