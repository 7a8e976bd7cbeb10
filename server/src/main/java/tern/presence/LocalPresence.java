// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tern.id.UserId;
import tern.presence.PresenceTable.Known;
import tern.presence.PresenceTable.Pair;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.Sessions;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// Who is online on this node, told to those who have them on the screen: a user is online while
/// one of their sessions is in the foreground.
///
/// Whatever may change a view only marks the user as moved; once a second a thread of its own asks
/// the store, for many pairs at once, who may see whom *now*, and tells each session what differs
/// from what it was told last. A session whose socket is busy is told later: the newest state.
/// Bounded by the number of users on all screens together.
public final class LocalPresence implements AutoCloseable {
  /// Users on one screen.
  public static final int MAX_USERS = 200;

  private static final Duration TELL_EVERY = Duration.ofSeconds(1);
  private static final int PAIRS_AT_ONCE = 500;

  private final Sessions sessions;
  private final PresenceTable table;
  private final LastSeen lastSeen;
  private final int maxWatched;
  private final Clock clock;
  private final Function<List<PresenceView>, OutgoingFrame> frames;
  private final RepeatingTasks tasks = new RepeatingTasks("presence");

  private final ConcurrentMap<Session, Watch> watches = new ConcurrentHashMap<>();
  private final ConcurrentMap<UserId, Set<Watch>> watchers = new ConcurrentHashMap<>();
  private final AtomicInteger watched = new AtomicInteger();
  // Who may look different since the last turn: as bounded as the sessions and requests that caused
  // it.
  private final Set<UserId> moved = ConcurrentHashMap.newKeySet();
  // Those with somebody who has moved.
  private final Set<Watch> due = ConcurrentHashMap.newKeySet();

  /// @param maxWatched users on the screens of all sessions together; beyond it nobody more is told
  /// @param frames makes the frame of a session's news
  public LocalPresence(
      Database database,
      Sessions sessions,
      int maxWatched,
      Clock clock,
      Function<List<PresenceView>, OutgoingFrame> frames) {
    this.sessions = sessions;
    this.table = new PresenceTable(database);
    this.lastSeen = new LastSeen(table, clock, this::looking);
    this.maxWatched = maxWatched;
    this.clock = clock;
    this.frames = frames;
  }

  /// Begins.
  public LocalPresence start() {
    tasks.every(TELL_EVERY, this::tell);
    return this;
  }

  /// Others may see the user differently now, or see them no more. Any thread; never blocks.
  public void moved(UserId user) {
    moved.add(user);
  }

  /// The user has been looking at the app until now, and may go on: a session in the foreground
  /// came, or went, or its app state changed. Any thread; never blocks.
  public void looked(UserId user) {
    lastSeen.seen(user, clock.instant());
    moved(user);
  }

  /// Like [#moved], when the user has become invisible, or ceases to be: what was seen meanwhile is
  /// forgotten.
  public void hid(UserId user) {
    lastSeen.forget(user);
    moved(user);
  }

  /// The session is gone. Any thread; never blocks.
  public void ended(Session session) {
    forget(session);
    if (session.isForeground()) {
      looked(session.user());
    }
  }

  /// What the watcher may see of these users now. Blocks; for virtual threads.
  public List<PresenceView> look(UserId watcher, Collection<UserId> users) {
    return look(users.stream().map(user -> new Pair(watcher, user)).toList());
  }

  private List<PresenceView> look(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return List.of();
    }
    List<Known> known = table.read(pairs);
    List<PresenceView> views = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      views.add(view(pairs.get(i).subject(), known.get(i)));
    }
    return views;
  }

  private PresenceView view(UserId user, Known known) {
    if (!known.isVisible()) {
      return PresenceView.hidden(user);
    }
    return isOnline(user)
        ? new PresenceView(user, true, Optional.empty())
        : new PresenceView(user, false, lastSeen.of(user, known.seenAt()));
  }

  private Collection<UserId> looking() {
    Set<UserId> looking = new HashSet<>();
    sessions.forEach(
        session -> {
          if (session.isForeground()) {
            looking.add(session.user());
          }
        });
    return looking;
  }

  private boolean isOnline(UserId user) {
    return sessions.of(user).stream().anyMatch(Session::isForeground);
  }

  /// Answers what the session may see of these users, each once and at most [#MAX_USERS], and tells
  /// it what changes from then on; takes the place of what it watched before. Blocks; for virtual
  /// threads.
  public Subscription watch(Session session, Set<UserId> users) {
    Watch watch = new Watch(session, List.copyOf(users));
    forget(session);
    // Before it is read: what changes in between is told after the answer.
    boolean isLive = !users.isEmpty() && register(watch);
    try {
      List<PresenceView> views = look(session.user(), users);
      return new Subscription(views, isLive, () -> answered(watch, views));
    } catch (StoreException e) {
      // Nothing is answered, and whether the session has ended meanwhile is never asked.
      forget(watch);
      throw e;
    }
  }

  private boolean register(Watch watch) {
    int count = watch.users().size();
    if (watched.addAndGet(count) > maxWatched) {
      watched.addAndGet(-count);
      return false;
    }
    list(watch);
    // Only now: whoever takes it out again must find all of it listed, or the rest would stay.
    Watch earlier = watches.put(watch.session(), watch);
    if (earlier != null) {
      unlist(earlier);
    }
    return true;
  }

  private void list(Watch watch) {
    for (UserId user : watch.users()) {
      watchers.compute(
          user,
          (_, present) -> {
            Set<Watch> all = present == null ? ConcurrentHashMap.newKeySet(1) : present;
            all.add(watch);
            return all;
          });
    }
  }

  private void answered(Watch watch, List<PresenceView> views) {
    watch.answered(views);
    // The session may have ended before it was registered here.
    if (!watch.session().outbox().isOpen()) {
      forget(watch.session());
    }
  }

  private void forget(Session session) {
    Watch watch = watches.remove(session);
    if (watch != null) {
      unlist(watch);
    }
  }

  // Unless another has taken its place.
  private void forget(Watch watch) {
    if (watches.remove(watch.session(), watch)) {
      unlist(watch);
    }
  }

  private void unlist(Watch watch) {
    due.remove(watch);
    for (UserId user : watch.users()) {
      watchers.computeIfPresent(
          user,
          (_, present) -> {
            present.remove(watch);
            return present.isEmpty() ? null : present;
          });
    }
    watched.addAndGet(-watch.users().size());
  }

  /// The sessions of other users that have this one on the screen.
  public List<Session> watching(UserId user) {
    return watchers.getOrDefault(user, Set.of()).stream().map(Watch::session).toList();
  }

  private void tell() {
    takeMoved();
    lastSeen.keep();
    Map<Watch, Set<UserId>> some = new LinkedHashMap<>();
    int pairs = 0;
    for (Watch watch : List.copyOf(due)) {
      due.remove(watch);
      Set<UserId> taken = watch.takeMoved();
      if (taken.isEmpty() && watch.hasMoved()) {
        again(watch, taken);
      } else if (!taken.isEmpty()) {
        some.put(watch, taken);
        pairs += taken.size();
      }
      if (pairs >= PAIRS_AT_ONCE) {
        tell(some);
        some = new LinkedHashMap<>();
        pairs = 0;
      }
    }
    tell(some);
  }

  private void takeMoved() {
    for (UserId user : Set.copyOf(moved)) {
      moved.remove(user);
      for (Watch watch : watchers.getOrDefault(user, Set.of())) {
        watch.moved(user);
        due.add(watch);
      }
    }
  }

  // One that has ended, or watches others now, is not put back.
  private void again(Watch watch, Collection<UserId> users) {
    users.forEach(watch::moved);
    if (watches.get(watch.session()) == watch) {
      due.add(watch);
    }
  }

  private void tell(Map<Watch, Set<UserId>> some) {
    List<Pair> pairs = new ArrayList<>();
    some.forEach(
        (watch, users) -> users.forEach(user -> pairs.add(new Pair(watch.session().user(), user))));
    List<PresenceView> views;
    try {
      views = look(pairs);
    } catch (StoreException e) {
      some.forEach(this::again);
      throw e;
    }
    int next = 0;
    for (Map.Entry<Watch, Set<UserId>> each : some.entrySet()) {
      int end = next + each.getValue().size();
      tell(each.getKey(), List.copyOf(views.subList(next, end)));
      next = end;
    }
  }

  private void tell(Watch watch, List<PresenceView> views) {
    try {
      watch.session().loop().execute(() -> offer(watch, views));
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the session with it.
    }
  }

  private void offer(Watch watch, List<PresenceView> views) {
    if (!watch.session().outbox().hasRoom()) {
      again(watch, views.stream().map(PresenceView::user).toList());
      return;
    }
    List<PresenceView> news = watch.news(views);
    if (!news.isEmpty()) {
      OutgoingFrame frame = frames.apply(news);
      watch.session().offer(frame);
      frame.release();
    }
  }

  /// Keeps when everybody was seen, then ends.
  @Override
  public void close() {
    tasks.endWith(lastSeen::keepAll);
  }
}
