// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;

/// When each revision of a message was asked for, as far as somebody heard that it was taken.
final class AskTimes {
  // The server announces again what it has not settled two seconds after the commit.
  private static final long AGAIN_AFTER = 1_900_000_000L;

  private final Map<Key, Long> times = new HashMap<>();

  private record Key(String conversation, long revision) {}

  private AskTimes() {}

  static AskTimes of(History history) {
    AskTimes all = new AskTimes();
    Map<String, Long> sent = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Sent of) {
          sent.merge(of.clientMessageId(), of.at(), Math::min);
        } else if (seen instanceof Seen.ChangeAsked of) {
          sent.merge(of.wish().id(), of.at(), Math::min);
        }
      }
    }
    history.clients().forEach(client -> all.add(client, sent));
    return all;
  }

  private void add(ClientLog client, Map<String, Long> sent) {
    Map<Integer, Long> asked = new HashMap<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Opened _ -> asked.clear();
        case Seen.ChangeAsked of -> asked.put(of.request(), of.at());
        case Seen.Changed of when of.revision() > 0 -> {
          Long at =
              switch (of.wish().kind()) {
                case EDIT -> sent.get(of.wish().id());
                default -> asked.get(of.request());
              };
          note(of.wish().conversation(), of.revision(), at == null ? 0 : at);
        }
        case Seen.Accepted of when !of.duplicate() ->
            note(of.conversation(), of.revision(), sent.getOrDefault(of.clientMessageId(), 0L));
        default -> {}
      }
    }
  }

  private void note(String conversation, long revision, long at) {
    times.merge(new Key(conversation, revision), at, Math::min);
  }

  /// Whether what tells of a revision at this time may be told again: it is long ago that it was
  /// asked for, or nobody knows when.
  boolean mayBeAgain(String conversation, long revision, long at) {
    return at - times.getOrDefault(new Key(conversation, revision), Long.MIN_VALUE / 2)
        >= AGAIN_AFTER;
  }
}
