// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// The model of one user's markers: what all of the user's devices asked for and were answered. A
/// request without an answer may or may not have been kept, hence ranges.
final class ReadMarkers {
  private final Map<String, Long> answered = new HashMap<>();
  private final Map<String, Long> asked = new HashMap<>();
  // The first sequence that was to be unread again, where any was.
  private final Map<String, Long> unread = new HashMap<>();
  private final List<ClientLog> devices;

  private ReadMarkers(List<ClientLog> devices) {
    this.devices = devices;
  }

  /// What the read marker may be.
  record Range(long least, long most) {
    boolean contains(long read) {
      return least <= read && read <= most;
    }
  }

  static ReadMarkers of(List<ClientLog> devices) {
    ReadMarkers marks = new ReadMarkers(devices);
    for (ClientLog device : devices) {
      for (Seen seen : device.seen()) {
        if (seen instanceof Seen.MarkReadAsked of) {
          marks.asked.merge(of.conversation(), of.sequence(), Math::max);
        } else if (seen instanceof Seen.ReadMarked of) {
          marks.answered.merge(of.conversation(), of.read(), Math::max);
        } else if (seen instanceof Seen.ArrangementAsked of) {
          marks.arrange(of.arrangement());
        }
      }
    }
    return marks;
  }

  /// Whether the user wanted messages of a conversation to be unread again.
  boolean reopened(String conversation) {
    return unread.containsKey(conversation);
  }

  /// What is cleared has been read.
  private void arrange(Arrangement arrangement) {
    switch (arrangement.kind()) {
      case HIDE -> {
        if (arrangement.on()) {
          asked.put(arrangement.conversation(), Long.MAX_VALUE);
        }
      }
      case UNREAD -> unread.merge(arrangement.conversation(), arrangement.number(), Math::min);
      default -> {}
    }
  }

  Range range(String user, Stay stay, Room room) {
    String conversation = room.stored().conversation();
    long head = room.stored().lastSequence();
    long least = stay.visibleFrom() - 1;
    long most = least;
    for (Item item : room.between(stay.visibleFrom(), head)) {
      if (item.sender().equals(user)) {
        // What was sent just before a leave and a crash may move the marker after the return.
        most = Math.max(most, item.sequence());
        boolean isOwed = item.revision() >= stay.joined() && !item.isSystem();
        least = isOwed ? Math.max(least, item.sequence()) : least;
      }
    }
    boolean isFirstStay = room.stays(user).size() == 1;
    if (isFirstStay) {
      least = Math.max(least, answered.getOrDefault(conversation, 0L));
    }
    most = Math.max(most, Math.min(head, asked.getOrDefault(conversation, 0L)));
    long reopened = unread.getOrDefault(conversation, Long.MAX_VALUE) - 1;
    // Marking as unread reaches only so far back, and never before what may be seen.
    least = Math.max(stay.visibleFrom() - 1, Math.min(least, reopened));
    return new Range(least, Math.max(least, most));
  }

  /// The highest sequence that a device acknowledged in the quiet end, up to `before`.
  long acknowledged(String conversation, long before) {
    long highest = 0;
    for (ClientLog device : devices) {
      boolean isQuiet = false;
      for (Seen seen : device.seen()) {
        isQuiet |= seen instanceof Seen.Quiet;
        if (isQuiet
            && seen instanceof Seen.Acknowledged of
            && of.at() <= before
            && of.conversation().equals(conversation)) {
          highest = Math.max(highest, of.sequence());
        }
      }
    }
    return highest;
  }
}
