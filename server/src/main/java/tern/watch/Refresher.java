// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import io.netty.channel.EventLoop;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;

/// Reads the newest page of a conversation for watchers who have missed too much.
@FunctionalInterface
public interface Refresher {
  /// Never blocks. On the event loop, later, tells `readers` one of the three, once.
  ///
  /// @param atLeast the revision that the page goes through, or a later one
  void refresh(ConversationId conversation, EventLoop loop, long atLeast, Readers readers);

  /// Those on one event loop who wait for a page.
  interface Readers {
    /// The page, through this revision; takes over the caller's reference.
    void refreshed(long through, OutgoingFrame page);

    /// It can't be read now: they ask again in a while.
    void refusedForNow();

    /// There is no such conversation any more.
    void hasGone();
  }
}
