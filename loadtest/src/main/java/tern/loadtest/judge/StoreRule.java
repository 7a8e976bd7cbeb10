// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;

/// The store by itself: sequences from 1 without gaps, revisions that grow with them, nothing
/// twice, nothing written by somebody who was no member then.
final class StoreRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (Room room : truth.rooms()) {
      check(room, findings);
    }
  }

  private static void check(Room room, Findings findings) {
    String conversation = room.stored().conversation();
    Set<List<String>> ids = new HashSet<>();
    Set<String> texts = new HashSet<>();
    long expected = 1;
    long revision = 0;
    for (Item item : room.messages()) {
      findings.check(
          Invariant.GAPS,
          item.sequence() == expected,
          "store: %s goes on with %s (expected: sequence %s)",
          conversation,
          item,
          expected);
      findings.check(
          Invariant.DISORDERED,
          item.revision() > revision,
          "store: %s has %s after revision %s",
          conversation,
          item,
          revision);
      if (!item.isSystem()) {
        checkWritten(room, item, ids, texts, findings);
      }
      expected = item.sequence() + 1;
      revision = item.revision();
    }
    findings.check(
        Invariant.GAPS,
        room.stored().lastSequence() == expected - 1,
        "store: %s counts to %s, its messages to %s",
        conversation,
        room.stored().lastSequence(),
        expected - 1);
  }

  private static void checkWritten(
      Room room, Item item, Set<List<String>> ids, Set<String> texts, Findings findings) {
    String conversation = room.stored().conversation();
    boolean isNew = ids.add(List.of(item.sender(), item.clientMessageId()));
    findings.check(
        Invariant.DUPLICATED,
        texts.add(item.text()) && isNew,
        "store: %s has twice %s",
        conversation,
        item);
    findings.check(
        Invariant.LEAKED,
        room.stayAt(item.sender(), item.revision()).isPresent(),
        "store: %s has %s of somebody who was no member",
        conversation,
        item);
  }
}
