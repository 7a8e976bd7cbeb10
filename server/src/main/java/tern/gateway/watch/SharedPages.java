// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.gateway.request.ToWire;
import tern.id.ConversationId;
import tern.message.history.CatchUp;
import tern.message.history.ChangesPage;
import tern.message.history.Position;
import tern.session.OutgoingFrame;

/// The pages with which watchers begin: a wave of them reads and encodes one page, not as many as
/// they are. A page is good until the conversation goes on; those who come meanwhile wait for the
/// one that is being read. At most [#KEPT] are kept, each of at most 256 KiB in each of the two
/// encodings. Blocks; for virtual threads.
public final class SharedPages implements AutoCloseable {
  private static final int KEPT = 100;
  private static final Duration KEPT_FOR = Duration.ofSeconds(5);

  private final CatchUp catchUp;
  private final Cache<Key, Slot> slots;
  private volatile boolean isClosed;

  /// Reads with this.
  public SharedPages(CatchUp catchUp) {
    this(catchUp, KEPT_FOR);
  }

  // From the first reading: what retention lets go takes no revision that would outdate a page.
  SharedPages(CatchUp catchUp, Duration keptFor) {
    this.catchUp = catchUp;
    this.slots =
        Caffeine.newBuilder()
            .maximumSize(KEPT)
            .expireAfterWrite(keptFor)
            .executor(Runnable::run)
            .scheduler(Scheduler.systemScheduler())
            .<Key, Slot>removalListener((_, slot, _) -> forget(slot))
            .build();
  }

  private record Key(ConversationId conversation, Optional<Position> position) {}

  /// A page on its way to one watcher, who releases its frame.
  ///
  /// @param through the revision that it goes through
  public record Shared(long through, OutgoingFrame frame) {}

  /// What happened since the position or, without one, the newest page, through a revision that is
  /// `atLeast` this one. Empty when there is no such conversation.
  public Optional<Shared> read(
      ConversationId conversation, Optional<Position> position, long atLeast) {
    Key key = new Key(conversation, position);
    Optional<Shared> page = slots.get(key, _ -> new Slot()).page(key, atLeast);
    if (isClosed) {
      slots.invalidate(key);
    }
    return page;
  }

  /// Lets go of all pages; from now on none is kept.
  @Override
  public void close() {
    isClosed = true;
    slots.invalidateAll();
  }

  private static void forget(@Nullable Slot slot) {
    if (slot != null) {
      slot.forget();
    }
  }

  /// One page, and who reads it. What it guards: that nobody takes a page that is being let go.
  private final class Slot {
    private @Nullable Shared page; // null: not read yet, or let go
    private boolean isForgotten;

    /// Whoever comes while another reads waits here, and finds the page.
    synchronized Optional<Shared> page(Key key, long atLeast) {
      Shared known = page;
      if (known == null || known.through() < atLeast) {
        Optional<ChangesPage> found = catchUp.readOpen(key.conversation(), key.position());
        empty();
        if (found.isEmpty()) {
          return Optional.empty();
        }
        known = encoded(found.get());
        if (isForgotten) {
          return Optional.of(known);
        }
        page = known;
      }
      known.frame().retain();
      return Optional.of(known);
    }

    private Shared encoded(ChangesPage found) {
      return new Shared(
          found.through(), WatchNews.page(ToWire.catchUpPage(found, catchUp.epoch(), true)));
    }

    synchronized void forget() {
      isForgotten = true;
      empty();
    }

    private void empty() {
      Shared known = page;
      if (known != null) {
        page = null;
        known.frame().release();
      }
    }
  }
}
