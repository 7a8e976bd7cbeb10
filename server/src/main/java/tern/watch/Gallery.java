// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.session.OutgoingFrame;

/// Those on one event loop who watch one conversation, and its newest frames.
///
/// Owned by the event loop. A new frame sets off a pass: each watcher in turn is given all that it
/// lacks, so that one write takes along whatever came meanwhile. A pass goes in slices, and between
/// two of them the loop reads sockets and does what else waits: a crowd holds up nobody for longer
/// than a slice. Whoever has missed more than is kept here is given a page instead: one is read for
/// all of them, and handed out in a pass as well. Ends when the last watcher leaves.
final class Gallery implements Refresher.Readers {
  private static final Logger LOG = LoggerFactory.getLogger(Gallery.class);

  // A slice: as many writes as take about a millisecond; looking costs a thousandth of a write.
  private static final int WRITES = 64;
  private static final int VISITS = 8_192;
  private static final long RETRY_MILLIS = 1_000;

  private final Room room;
  private final EventLoop loop;
  private final List<Watcher> watchers = new ArrayList<>();
  // The same by their users, and those of them who are members: so whatever concerns a few users
  // costs nothing for all the others.
  private final Map<UserId, List<Watcher>> byUser = new HashMap<>();
  private final Set<Watcher> members = new HashSet<>();
  private final RecentFrames recent = new RecentFrames();
  private long membershipRevision;
  private int next; // whom the pass comes to next
  private boolean isPassing;
  private boolean goesAgain;
  private boolean isEnded;
  private @Nullable OutgoingFrame count; // how many watch; null: not told yet
  private int counts; // how often that has changed
  private boolean isReading; // a page, for those who are behind
  private @Nullable OutgoingFrame page; // until the pass that hands it out has ended
  private long pageThrough;

  Gallery(Room room, EventLoop loop) {
    this.room = room;
    this.loop = loop;
  }

  ConversationId conversation() {
    return room.conversation();
  }

  int watchers() {
    return room.watchers();
  }

  EventLoop loop() {
    return loop;
  }

  void add(Watcher watcher) {
    assert loop.inEventLoop();
    watcher.place = watchers.size();
    watcher.countTold = counts;
    watchers.add(watcher);
    byUser.computeIfAbsent(watcher.session().user(), _ -> new ArrayList<>(1)).add(watcher);
  }

  void remove(Watcher watcher) {
    assert loop.inEventLoop();
    // The last one takes its place, where the pass may have been already: it goes again.
    Watcher last = watchers.removeLast();
    if (last != watcher) {
      watchers.set(watcher.place, last);
      last.place = watcher.place;
      goesAgain |= isPassing && watcher.place < next;
    }
    watcher.place = -1;
    members.remove(watcher);
    UserId user = watcher.session().user();
    byUser.computeIfPresent(user, (_, its) -> its.remove(watcher) && its.isEmpty() ? null : its);
    if (watchers.isEmpty()) {
      end();
    }
    room.left(user);
  }

  private List<Watcher> of(UserId user) {
    return byUser.getOrDefault(user, List.of());
  }

  private void end() {
    isEnded = true;
    recent.clear();
    forgetCount();
    forgetPage();
    room.closed(this);
  }

  private void forgetCount() {
    if (count != null) {
      count.release();
      count = null;
    }
  }

  private void forgetPage() {
    if (page != null) {
      page.release();
      page = null;
    }
  }

  /// A change was committed; takes over the caller's reference.
  void take(long revision, MemberList members, OutgoingFrame frame) {
    assert loop.inEventLoop();
    if (isEnded) {
      frame.release();
      return;
    }
    if (recent.add(revision, frame)) {
      note(members, revision);
      pass();
    }
  }

  // Who becomes a member, or ceases to be one, watches on; changes reach members in another way.
  private void note(MemberList list, long revision) {
    if (list.membershipRevision() <= membershipRevision) {
      return;
    }
    membershipRevision = list.membershipRevision();
    // The list may be newer than the change: what was before the joining comes from here.
    list.joined()
        .forEach((user, joining) -> of(user).forEach(it -> becomesMember(it, joining.revision())));
    for (Watcher watcher : List.copyOf(members)) {
      if (!list.joined().containsKey(watcher.session().user())) {
        members.remove(watcher);
        watcher.isNoMemberFrom(revision);
        room.doubted(watcher);
      }
    }
  }

  private void becomesMember(Watcher watcher, long revision) {
    members.add(watcher);
    watcher.becomesMember(revision);
  }

  /// What the store said of a watcher that comes in, unless something newer is known here.
  void standing(Watcher watcher, boolean isMember, long asOf) {
    if (asOf >= membershipRevision && isMember) {
      becomesMember(watcher, 0);
    }
  }

  /// How many watch; takes over the caller's reference.
  void tell(OutgoingFrame newCount) {
    assert loop.inEventLoop();
    if (isEnded) {
      newCount.release();
      return;
    }
    forgetCount();
    count = newCount;
    counts++;
    pass();
  }

  /// Sends those of these users away; `farewell` stays the caller's.
  void cut(Set<UserId> users, OutgoingFrame farewell) {
    assert loop.inEventLoop();
    List<Watcher> gone = users.stream().map(this::of).flatMap(Collection::stream).toList();
    gone.forEach(watcher -> cut(watcher, farewell));
  }

  /// Sends everybody away; `farewell` stays the caller's.
  void cutAll(OutgoingFrame farewell) {
    assert loop.inEventLoop();
    List.copyOf(watchers).forEach(watcher -> cut(watcher, farewell));
  }

  private static void cut(Watcher watcher, OutgoingFrame farewell) {
    watcher.session().offer(farewell);
    watcher.leave();
  }

  private void pass() {
    if (isPassing) {
      goesAgain = true;
    } else {
      isPassing = true;
      next = 0;
      slice();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a slice
  private void slice() {
    int written = 0;
    int end = next + VISITS;
    while (next < Math.min(end, watchers.size()) && written < WRITES) {
      written += visitInTurn(watchers.get(next));
      next++;
    }
    if (next >= watchers.size()) {
      isPassing = goesAgain;
      goesAgain = false;
      next = 0;
      if (!isPassing) {
        forgetPage();
      }
    }
    if (isPassing) {
      // Not execute(): the loop would go on with it before it has looked at its sockets.
      loop.schedule(this::slice, 0, TimeUnit.NANOSECONDS);
    }
  }

  // Whatever goes wrong with one of them, the others are still visited.
  private int visitInTurn(Watcher watcher) {
    try {
      return visit(watcher);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("conversation", conversation())
          .addKeyValue("session", watcher.session().id())
          .setCause(e)
          .log("a watcher can't be told: it is closed");
      boolean _ = watcher.session().end(CloseCode.INTERNAL_ERROR);
      return 1;
    }
  }

  /// Gives a watcher all that it lacks and can take; returns how many frames were written.
  int visit(Watcher watcher) {
    int written = visitWithPage(watcher);
    while (watcher.isLive() && watcher.position() < recent.head() && watcher.hasRoom()) {
      long following = watcher.position() + 1;
      if (recent.holds(following)) {
        written += watcher.give(recent.of(following));
      } else {
        watcher.fallBehind();
        written += visitWithPage(watcher);
      }
    }
    return written + visitWithCount(watcher);
  }

  private int visitWithPage(Watcher watcher) {
    if (!watcher.isBehind()) {
      return 0;
    }
    OutgoingFrame newest = page;
    if (newest == null || pageThrough <= watcher.position()) {
      read();
      return 0;
    }
    watcher.giveInstead(pageThrough, newest);
    return 1;
  }

  private void read() {
    if (!isReading) {
      isReading = true;
      room.refresher().refresh(conversation(), loop, recent.head(), this);
    }
  }

  @Override
  public void refreshed(long through, OutgoingFrame newPage) {
    assert loop.inEventLoop();
    isReading = false;
    if (isEnded) {
      newPage.release();
      return;
    }
    forgetPage();
    page = newPage;
    pageThrough = through;
    pass();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
  public void refusedForNow() {
    loop.schedule(
        () -> {
          isReading = false;
          if (!isEnded) {
            pass();
          }
        },
        RETRY_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void hasGone() {
    isReading = false;
    room.gone();
  }

  private int visitWithCount(Watcher watcher) {
    OutgoingFrame newest = count;
    if (newest == null || watcher.countTold == counts || !watcher.isLive() || !watcher.hasRoom()) {
      return 0;
    }
    watcher.countTold = counts;
    watcher.session().offer(newest);
    return 1;
  }
}
