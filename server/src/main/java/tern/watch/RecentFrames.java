// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import tern.session.OutgoingFrame;

/// A conversation's newest frames, one for each revision and none left out; at most [#KEPT], the
/// oldest go first. Owned by one event loop.
final class RecentFrames {
  static final int KEPT = 128;

  private final OutgoingFrame[] frames = new OutgoingFrame[KEPT];
  private long first = 1; // none is kept when it is beyond head
  private long head;

  /// Keeps the frame of a revision, whose reference it takes over; returns whether it was news.
  boolean add(long revision, OutgoingFrame frame) {
    if (revision <= head) {
      frame.release();
      return false;
    }
    if (revision != head + 1) {
      // What lies between was never announced here.
      clear();
      first = revision;
    } else if (revision - first == KEPT) {
      frames[slot(first)].release();
      first++;
    }
    frames[slot(revision)] = frame;
    head = revision;
    return true;
  }

  /// The highest revision that came; 0 before the first.
  long head() {
    return head;
  }

  boolean holds(long revision) {
    return revision >= first && revision <= head;
  }

  /// The frame of a revision that it holds; it stays the holder.
  OutgoingFrame of(long revision) {
    return frames[slot(revision)];
  }

  void clear() {
    for (long revision = first; revision <= head; revision++) {
      frames[slot(revision)].release();
    }
    first = head + 1;
  }

  private static int slot(long revision) {
    return (int) (revision % KEPT);
  }
}
