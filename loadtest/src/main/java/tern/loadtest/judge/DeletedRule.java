// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// Once a device knows that a message was deleted, its content comes no more: in no page that was
/// asked for afterwards, and in no live step after the one that told of it. An answer or a page of
/// history may overtake the live steps before the deletion.
final class DeletedRule implements Rule {
  private record Place(String conversation, long sequence) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      new Known(client, findings).check();
    }
  }

  /// What one device knows to be deleted, by the place in its log where it was told.
  private static final class Known {
    private final ClientLog client;
    private final Findings findings;
    private final Map<Place, Integer> deleted = new HashMap<>();
    private final Set<Place> deletedInSteps = new HashSet<>();
    private final Map<Integer, Integer> asked = new HashMap<>();
    private int now;

    Known(ClientLog client, Findings findings) {
      this.client = client;
      this.findings = findings;
    }

    void check() {
      for (Seen seen : client.seen()) {
        now++;
        switch (seen) {
          case Seen.Opened _ -> asked.clear();
          case Seen.HistoryAsked of -> asked.put(of.request(), now);
          case Seen.CatchUpAsked of -> asked.put(of.request(), now);
          case Seen.ChangeAsked of -> asked.put(of.request(), now);
          case Seen.Live of -> live(of.step().conversation(), of.step().messages());
          case Seen.CatchUpPage of -> {
            String conversation = of.step().conversation();
            shown(conversation, of.step().messages(), asked(of.request()));
            passed(conversation, of.step().messages());
          }
          case Seen.HistoryRead of -> shown(of.conversation(), of.messages(), asked(of.request()));
          case Seen.Changed of ->
              shown(of.wish().conversation(), List.of(of.message()), asked(of.request()));
          default -> {}
        }
      }
    }

    private int asked(int request) {
      return asked.getOrDefault(request, 0);
    }

    private void live(String conversation, List<Item> items) {
      passed(conversation, items);
      for (Item item : items) {
        boolean isKnown = deletedInSteps.contains(new Place(conversation, item.sequence()));
        judge(item, conversation, isKnown);
      }
    }

    private void passed(String conversation, List<Item> items) {
      for (Item item : items) {
        Place place = new Place(conversation, item.sequence());
        if (item.isDeleted()) {
          deleted.putIfAbsent(place, now);
          deletedInSteps.add(place);
        }
      }
    }

    private void shown(String conversation, List<Item> items, int since) {
      for (Item item : items) {
        Place place = new Place(conversation, item.sequence());
        if (item.isDeleted()) {
          deleted.putIfAbsent(place, now);
        }
        judge(item, conversation, deleted.getOrDefault(place, Integer.MAX_VALUE) <= since);
      }
    }

    private void judge(Item item, String conversation, boolean isKnown) {
      findings.check(
          Invariant.LEAKED,
          item.isDeleted() ? item.text().isEmpty() : !isKnown,
          "%s: knew it to be deleted, and was shown %s in %s",
          client.client(),
          item,
          conversation);
    }
  }
}
