// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.settling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.push.Ledger;
import tern.push.ledger.DecisionTable;
import tern.store.StoreException;

/// Sees to it that banners are taken away when what they tell of has been read on another device.
/// What is to be taken away waits in the store like any push.
public final class Clears {
  private static final int AT_ONCE = 500;
  // Beyond it a banner stays until the next message or the app itself takes it away.
  private static final int MAX_WAITING = 100_000;

  private final Ledger ledger;
  private final Duration timeToLive;
  private final Set<Map.Entry<UserId, ConversationId>> read = ConcurrentHashMap.newKeySet();

  /// @param timeToLive for how long it is of use to take a banner away
  public Clears(Ledger ledger, Duration timeToLive) {
    this.ledger = ledger;
    this.timeToLive = timeToLive;
  }

  /// These users' read markers have moved. Never blocks.
  public void read(ConversationId conversation, List<UserId> users) {
    if (read.size() < MAX_WAITING) {
      users.forEach(user -> read.add(Map.entry(user, conversation)));
    }
  }

  /// After a start: takes away what was read when nobody was there to see to it. Blocks.
  public void catchUp() {
    Instant now = ledger.now();
    ledger.run(
        connection -> DecisionTable.clearForgotten(connection, ledger.node(), now, timeToLive));
  }

  /// Works off what has been read. Blocks; throws [StoreException].
  public void work() {
    List<Map.Entry<UserId, ConversationId>> some = new ArrayList<>();
    for (Map.Entry<UserId, ConversationId> each : read) {
      if (some.size() == AT_ONCE) {
        break;
      }
      some.add(each);
    }
    if (some.isEmpty()) {
      return;
    }
    // Before it is looked up: what moves meanwhile is looked up again.
    some.forEach(read::remove);
    try {
      Instant now = ledger.now();
      ledger.run(
          connection -> DecisionTable.clear(connection, ledger.node(), some, now, timeToLive));
    } catch (StoreException e) {
      read.addAll(some);
      throw e;
    }
  }
}
