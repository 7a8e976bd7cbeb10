// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import tern.loadtest.history.Seen;

/// When one client asked for what is answered by pages, as its log goes by.
final class Requests {
  private final Map<Integer, Long> asked = new HashMap<>();

  /// Takes note of what the client saw next.
  void note(Seen seen) {
    switch (seen) {
      case Seen.Opened _ -> asked.clear();
      case Seen.CatchUpAsked of -> asked.put(of.request(), of.at());
      case Seen.HistoryAsked of -> asked.put(of.request(), of.at());
      default -> {}
    }
  }

  /// When this was asked for; long ago if nobody knows.
  long askedAt(int request) {
    return asked.getOrDefault(request, Long.MIN_VALUE);
  }
}
