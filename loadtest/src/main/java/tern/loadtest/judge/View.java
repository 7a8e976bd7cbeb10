// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Item;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Step;

/// What an app would show of one conversation, built from steps and pages as the protocol says.
final class View {
  private static final int NAMED = 10;

  private final String user;
  private final NavigableMap<Long, Item> messages = new TreeMap<>();
  private Optional<Settings> settings = Optional.empty();
  private long revision;
  private long floor;

  View(String user, Step opening) {
    this.user = user;
    reset(opening);
  }

  /// Begins anew with a page.
  void reset(Step page) {
    messages.clear();
    floor = page.messages().stream().mapToLong(Item::sequence).min().orElse(page.sequence() + 1);
    revision = page.through();
    settings = page.settings().stream().findFirst();
    page.messages().forEach(item -> messages.put(item.sequence(), item));
  }

  /// Takes a page, which tells of one's own reactions too.
  void applyPage(Step step) {
    if (isNext(step)) {
      revision = step.through();
      take(step);
      step.messages().forEach(item -> messages.put(item.sequence(), item));
    }
  }

  /// Takes a live step, which is the same for all: of one's own reactions one keeps what one knows.
  void applyLive(Step step) {
    if (isNext(step)) {
      revision = step.through();
      take(step);
      step.messages().forEach(item -> messages.merge(item.sequence(), item, View::newer));
      for (ReactionStep change : step.reactions()) {
        messages.computeIfPresent(
            change.sequence(),
            (_, item) -> item.revision() < revision ? reacted(item, change) : item);
      }
    }
  }

  private void take(Step step) {
    settings = step.settings().stream().findFirst().or(() -> settings);
  }

  private boolean isNext(Step step) {
    return revision < step.through() && revision >= step.after();
  }

  long revision() {
    return revision;
  }

  /// What the conversation is called, and who may do what in it.
  Optional<Settings> settings() {
    return settings;
  }

  /// The first sequence that the view claims to hold.
  long floor() {
    return floor;
  }

  NavigableMap<Long, Item> messages() {
    return messages;
  }

  private static Item newer(Item mine, Item shown) {
    if (mine.revision() > shown.revision()) {
      return mine;
    }
    List<String> own = shown.isDeleted() ? List.of() : mine.fate().own();
    return shown.with(shown.fate().withReactions(shown.fate().reactions(), own));
  }

  /// The message after a reaction, which is its newest change.
  private Item reacted(Item item, ReactionStep change) {
    List<Fate.Reactors> kinds = new ArrayList<>(item.fate().reactions());
    int at = 0;
    while (at < kinds.size() && !kinds.get(at).reaction().equals(change.reaction())) {
      at++;
    }
    List<String> users = new ArrayList<>(at < kinds.size() ? kinds.remove(at).users() : List.of());
    users.remove(change.user());
    if (change.on() && users.size() < NAMED) {
      users.add(change.user());
    }
    if (change.count() > 0) {
      kinds.add(at, new Fate.Reactors(change.reaction(), change.count(), List.copyOf(users)));
    }
    List<String> own = new ArrayList<>(item.fate().own());
    if (change.user().equals(user)) {
      own.remove(change.reaction());
      own.addAll(change.on() ? List.of(change.reaction()) : List.of());
    }
    return item.with(item.text(), revision)
        .with(item.fate().withReactions(List.copyOf(kinds), List.copyOf(own)));
  }
}
