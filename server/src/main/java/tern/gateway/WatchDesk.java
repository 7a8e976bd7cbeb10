// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.gateway.request.RequestRefused;
import tern.gateway.watch.SharedPages;
import tern.id.ConversationId;
import tern.message.history.Position;
import tern.session.Session;
import tern.store.StoreException;
import tern.watch.Doors;
import tern.watch.Watcher;
import tern.watch.Watchers;

/// Asks the store on behalf of those who watch: may they, and what did they miss?
public final class WatchDesk {
  private static final Logger LOG = LoggerFactory.getLogger(WatchDesk.class);

  private final Watchers watchers;
  private final Doors doors;
  private final SharedPages pages;
  private final Workers workers;
  private final String epoch;

  /// Serves these watchers from now on.
  ///
  /// @param epoch this life of the store
  public WatchDesk(
      Watchers watchers, Doors doors, SharedPages pages, Workers workers, String epoch) {
    this.watchers = watchers;
    this.doors = doors;
    this.pages = pages;
    this.workers = workers;
    this.epoch = epoch;
    watchers.use(this::refresh, this::doubt);
  }

  Watchers watchers() {
    return watchers;
  }

  /// With what somebody begins to watch.
  ///
  /// @param page what was missed; empty when nothing was
  /// @param through the revision up to which they then have everything
  record Admission(Doors.Entrance entrance, Optional<SharedPages.Shared> page, long through) {
    /// Lets go of what nobody wants any more.
    void release() {
      page.ifPresent(it -> it.frame().release());
    }
  }

  /// Lets a session in that has entered; throws [RequestRefused] when it may not watch. Blocks.
  Admission admit(Session session, ConversationId conversation, Optional<Position> position) {
    Doors.Entrance entrance =
        doors
            .open(conversation, session.user(), session.token().grants())
            .orElseThrow(RequestRefused::noConversation);
    boolean missedNothing =
        position
            .filter(it -> it.epoch().equals(epoch) && it.revision() == entrance.revision())
            .isPresent();
    if (missedNothing) {
      return new Admission(entrance, Optional.empty(), entrance.revision());
    }
    SharedPages.Shared page =
        pages
            .read(conversation, position, entrance.revision())
            .orElseThrow(RequestRefused::noConversation);
    return new Admission(entrance, Optional.of(page), page.through());
  }

  /// Sends a session away that may no longer watch. Never blocks.
  void doubt(Watcher watcher) {
    Session session = watcher.session();
    boolean _ =
        workers.run(
            () -> {
              if (doors
                  .open(watcher.conversation(), session.user(), session.token().grants())
                  .isEmpty()) {
                onLoopOf(watcher, () -> watchers.cut(watcher));
              }
            },
            () -> LOG.atWarn().addKeyValue("connection", session.id()).log("no time to ask"));
  }

  private void refresh(Watcher watcher, long atLeast) {
    boolean begun = workers.run(() -> read(watcher, atLeast), () -> retry(watcher));
    if (!begun) {
      retry(watcher);
    }
  }

  private void read(Watcher watcher, long atLeast) {
    try {
      pages
          .read(watcher.conversation(), Optional.empty(), atLeast)
          .ifPresentOrElse(
              page -> {
                if (!onLoopOf(watcher, () -> begin(watcher, page))) {
                  page.frame().release();
                }
              },
              () -> onLoopOf(watcher, () -> watchers.cut(watcher)));
    } catch (StoreException _) {
      retry(watcher);
    }
  }

  /// Hands a page to a watcher, who has everything through it then; releases the frame.
  static void begin(Watcher watcher, SharedPages.Shared page) {
    if (watcher.isHere()) {
      watcher.session().offer(page.frame());
      watcher.begin(page.through());
    }
    page.frame().release();
  }

  private static void retry(Watcher watcher) {
    onLoopOf(watcher, watcher::retry);
  }

  // Whether it will be done: not when the event loop has ended, and the socket with it.
  private static boolean onLoopOf(Watcher watcher, Runnable step) {
    try {
      watcher.session().loop().execute(step);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }
}
