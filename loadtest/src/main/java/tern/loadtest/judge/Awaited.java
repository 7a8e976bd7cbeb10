// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Seen;

/// What one client has asked for in a session and has no answer to yet, as its log goes by. With
/// the session ends the wait for an answer.
final class Awaited<T> {
  private static final Set<String> FOR_NOW = Set.of("RATE_LIMITED", "UNAVAILABLE");

  private final Map<Integer, T> open = new HashMap<>();

  /// Whether a refusal with this code says only that now is a bad moment.
  static boolean isForNow(String code) {
    return FOR_NOW.contains(code);
  }

  /// Takes note of a session's beginning or end.
  void note(Seen seen) {
    if (seen instanceof Seen.Opened || seen instanceof Seen.Closed) {
      open.clear();
    }
  }

  void ask(int request, T asked) {
    open.put(request, asked);
  }

  /// What this is the answer to; empty if the session has not asked, or was answered before.
  Optional<T> answer(int request) {
    return Optional.ofNullable(open.remove(request));
  }

  /// All that has no answer yet.
  Collection<T> all() {
    return open.values();
  }

  /// The log is over: by now everything has its answer.
  void end(ClientLog client, Findings findings) {
    findings.check(
        Invariant.REFUSED,
        open.isEmpty(),
        "%s: no answer to the end: %s",
        client.client(),
        open.values());
  }
}
