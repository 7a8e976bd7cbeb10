// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// A message is kept just as its sender sent it: its content, and all that it says beside.
final class SentRule implements Rule {
  private record Key(String conversation, String user, String clientMessageId) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Key, Seen.Sent> sent = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Sent of) {
          sent.put(new Key(of.conversation(), client.user(), of.clientMessageId()), of);
        }
      }
    }
    for (Room room : truth.rooms()) {
      String conversation = room.stored().conversation();
      for (Item item : room.messages()) {
        Key key = new Key(conversation, item.sender(), item.clientMessageId());
        Optional.ofNullable(sent.get(key)).ifPresent(of -> check(of, item, findings));
      }
    }
  }

  private static void check(Seen.Sent sent, Item kept, Findings findings) {
    findings.check(
        Invariant.DIVERGED,
        kept.text().equals(sent.text())
            && kept.countable() == sent.countable()
            && kept.headers().equals(sent.headers()),
        "store: holds %s, of what was %s",
        kept,
        sent);
  }
}
