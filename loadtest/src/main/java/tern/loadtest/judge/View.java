// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.NavigableMap;
import java.util.TreeMap;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// What an app would show of one conversation, built from steps and pages as the protocol says.
final class View {
  private final NavigableMap<Long, Item> messages = new TreeMap<>();
  private long revision;
  private long floor;

  View(Seen.CatchUpPage opening) {
    reset(opening);
  }

  void reset(Seen.CatchUpPage page) {
    messages.clear();
    floor =
        page.step().messages().isEmpty()
            ? page.step().sequence() + 1
            : page.step().messages().getFirst().sequence();
    revision = page.step().through();
    show(page.step());
  }

  void apply(Step step) {
    if (revision < step.through() && revision >= step.after()) {
      revision = step.through();
      show(step);
    }
  }

  long revision() {
    return revision;
  }

  /// The first sequence that the view claims to hold.
  long floor() {
    return floor;
  }

  NavigableMap<Long, Item> messages() {
    return messages;
  }

  private void show(Step step) {
    for (Item item : step.messages()) {
      messages.put(item.sequence(), item);
    }
  }
}
