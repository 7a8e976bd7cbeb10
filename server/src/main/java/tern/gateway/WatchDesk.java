// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import tern.gateway.request.RequestRefused;
import tern.gateway.watch.SharedPages;
import tern.id.ConversationId;
import tern.message.history.Position;
import tern.session.Session;
import tern.store.StoreException;
import tern.watch.Doors;
import tern.watch.Refresher;
import tern.watch.Watcher;
import tern.watch.Watchers;

/// Asks the store on behalf of those who watch: may they, and what did they miss?
public final class WatchDesk {
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
  record Admission(Doors.Entrance entrance, Optional<SharedPages.Shared> page) {
    /// The revision up to which they then have everything.
    long through() {
      return page.map(SharedPages.Shared::through).orElse(entrance.revision());
    }

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
      return new Admission(entrance, Optional.empty());
    }
    SharedPages.Shared page =
        pages
            .read(conversation, position, entrance.revision())
            .orElseThrow(RequestRefused::noConversation);
    return new Admission(entrance, Optional.of(page));
  }

  /// Sends a session away that may no longer watch; asks until there is an answer. Never blocks.
  void doubt(Watcher watcher) {
    EventLoop loop = watcher.session().loop();
    ask(
        () -> {
          if (!mayWatch(watcher)) {
            on(loop, () -> watchers.cut(watcher));
          }
        },
        () -> on(loop, () -> watcher.later(() -> doubt(watcher))));
  }

  private boolean mayWatch(Watcher watcher) {
    Session session = watcher.session();
    return doors.open(watcher.conversation(), session.user(), session.token().grants()).isPresent();
  }

  private void refresh(
      ConversationId conversation, EventLoop loop, long atLeast, Refresher.Readers readers) {
    ask(
        () ->
            pages
                .read(conversation, Optional.empty(), atLeast)
                .ifPresentOrElse(
                    page -> {
                      if (!on(loop, () -> readers.refreshed(page.through(), page.frame()))) {
                        page.frame().release();
                      }
                    },
                    () -> on(loop, readers::hasGone)),
        () -> on(loop, readers::refusedForNow));
  }

  // `unanswered` when there was no turn for the question, or the store was away.
  private void ask(Runnable question, Runnable unanswered) {
    boolean isAsked =
        workers.run(
            () -> {
              try {
                question.run();
              } catch (StoreException _) {
                unanswered.run();
              }
            },
            unanswered);
    if (!isAsked) {
      unanswered.run();
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

  // Whether it will be done: not when the event loop has ended, and the socket with it.
  private static boolean on(EventLoop loop, Runnable step) {
    try {
      loop.execute(step);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }
}
