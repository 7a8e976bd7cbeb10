// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;

/// Who asked for a change of a conversation or its members, and when.
record Asked(String user, long at, Ruling ruling) {
  /// All that was asked for, by conversation.
  static Map<String, List<Asked>> of(History history) {
    Map<String, List<Asked>> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.RulingAsked of) {
          asked
              .computeIfAbsent(of.ruling().conversation(), _ -> new ArrayList<>())
              .add(new Asked(client.user(), of.at(), of.ruling()));
        }
      }
    }
    return asked;
  }

  /// Whether it is of this kind and names this user.
  boolean isOf(Ruling.Kind kind, String whom) {
    return ruling.kind() == kind && ruling.users().contains(whom);
  }
}
