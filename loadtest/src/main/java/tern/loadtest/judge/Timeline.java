// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;

/// Every state that the messages of one conversation ever had, replayed from what the store noted:
/// the model of what anybody may be shown at a revision. Its reactions name all who reacted.
final class Timeline {
  private final Map<Long, NavigableMap<Long, Item>> states = new HashMap<>();
  private final NavigableMap<Long, Long> changed = new TreeMap<>();
  private final Map<Long, List<Past.Reacted>> reacted = new HashMap<>();

  Timeline(Past past) {
    for (Past.Reacted note : past.reactions()) {
      reacted.computeIfAbsent(note.revision(), _ -> new ArrayList<>()).add(note);
    }
    Map<Long, Map<String, Set<String>>> reactors = new HashMap<>();
    List<Item> inOrder = new ArrayList<>(past.states());
    inOrder.sort(Comparator.comparingLong(Item::revision));
    for (Item state : inOrder) {
      Map<String, Set<String>> ofMessage =
          reactors.computeIfAbsent(state.sequence(), _ -> new LinkedHashMap<>());
      react(state, ofMessage);
      states
          .computeIfAbsent(state.sequence(), _ -> new TreeMap<>())
          .put(state.revision(), state.with(withReactions(state.fate(), ofMessage)));
      changed.put(state.revision(), state.sequence());
    }
  }

  /// A message as it was when `revision` was the newest.
  Optional<Item> at(long sequence, long revision) {
    return Optional.ofNullable(states(sequence).floorEntry(revision)).map(Map.Entry::getValue);
  }

  /// A message as it was sent.
  Optional<Item> sent(long sequence) {
    return Optional.ofNullable(states(sequence).firstEntry()).map(Map.Entry::getValue);
  }

  /// All messages, each as it was sent.
  List<Item> allSent() {
    return states.keySet().stream().sorted().flatMap(sequence -> sent(sequence).stream()).toList();
  }

  /// A message as it is in the end.
  Optional<Item> latest(long sequence) {
    return at(sequence, Long.MAX_VALUE);
  }

  /// All states of a message, by revision.
  NavigableMap<Long, Item> states(long sequence) {
    return states.getOrDefault(sequence, Collections.emptyNavigableMap());
  }

  /// All states of all messages.
  Iterable<NavigableMap<Long, Item>> all() {
    return states.values();
  }

  /// Which message changed at which revision after `after` and up to `through`, births included.
  NavigableMap<Long, Long> changed(long after, long through) {
    return after < through
        ? changed.subMap(after, false, through, true)
        : Collections.emptyNavigableMap();
  }

  /// The reaction that took this revision, if it was one.
  Optional<Past.Reacted> reacted(long revision) {
    List<Past.Reacted> notes = reacted.getOrDefault(revision, List.of());
    boolean isErased =
        notes.stream()
            .anyMatch(note -> at(note.sequence(), revision).map(Item::isDeleted).orElse(true));
    return isErased || notes.isEmpty() ? Optional.empty() : Optional.of(notes.getFirst());
  }

  /// Who reacted so when `revision` was the newest, the first one first.
  List<String> reactors(long sequence, long revision, String reaction) {
    return at(sequence, revision).stream()
        .flatMap(state -> state.fate().reactions().stream())
        .filter(reactors -> reactors.reaction().equals(reaction))
        .flatMap(reactors -> reactors.users().stream())
        .toList();
  }

  private void react(Item state, Map<String, Set<String>> reactors) {
    for (Past.Reacted note : reacted.getOrDefault(state.revision(), List.of())) {
      if (note.sequence() == state.sequence()) {
        Set<String> users = reactors.computeIfAbsent(note.reaction(), _ -> new LinkedHashSet<>());
        boolean _ = note.on() ? users.add(note.user()) : users.remove(note.user());
        if (users.isEmpty()) {
          reactors.remove(note.reaction());
        }
      }
    }
    if (state.isDeleted()) {
      reactors.clear();
    }
  }

  private static Fate withReactions(Fate fate, Map<String, Set<String>> reactors) {
    List<Fate.Reactors> all = new ArrayList<>();
    reactors.forEach(
        (reaction, users) ->
            all.add(new Fate.Reactors(reaction, users.size(), List.copyOf(users))));
    return fate.withReactions(List.copyOf(all), List.of());
  }
}
