// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Step;

/// What a member must be shown between two revisions: messages by sequence, and reactions. Of what
/// lies before the member's first visible message, nothing.
record Owed(Set<Long> messages, List<ReactionStep> reactions) {

  /// Live, each change in its own step: a reaction as what changed, everything else as the message.
  static Owed live(Step step, Stay stay, Timeline timeline) {
    Set<Long> messages = new TreeSet<>();
    List<ReactionStep> reactions = new ArrayList<>();
    for (Map.Entry<Long, Long> change : timeline.changed(step.after(), step.through()).entrySet()) {
      if (change.getValue() < stay.visibleFrom()) {
        continue;
      }
      Optional<Past.Reacted> reacted = timeline.reacted(change.getKey());
      reacted.ifPresentOrElse(
          note -> reactions.add(told(note, timeline)), () -> messages.add(change.getValue()));
    }
    return new Owed(messages, reactions);
  }

  /// In a page, each changed message once, with all that has become of it.
  static Owed page(Step step, Stay stay, Timeline timeline) {
    Set<Long> messages = new TreeSet<>();
    timeline
        .changed(step.after(), step.through())
        .values()
        .forEach(
            sequence -> {
              if (sequence >= stay.visibleFrom()) {
                messages.add(sequence);
              }
            });
    return new Owed(messages, List.of());
  }

  /// Whether the step may be one that is announced again, as after a crash: a single change, told
  /// by the message as it is by then; or by nothing, when a later change tells it.
  static boolean isAgain(Step step, Stay stay, Timeline timeline) {
    Long sequence = timeline.changed(step.after(), step.through()).get(step.through());
    if (sequence == null
        || step.after() + 1 != step.through()
        || sequence < stay.visibleFrom()
        || !step.reactions().isEmpty()) {
      return false;
    }
    NavigableMap<Long, Item> states = timeline.states(sequence);
    boolean isOvertaken = states.lastKey() > step.through() && states.firstKey() < step.through();
    return step.messages().isEmpty()
        ? isOvertaken
        : step.messages().size() == 1 && step.messages().getFirst().sequence() == sequence;
  }

  static Set<Long> sequences(Step step) {
    Set<Long> shown = new TreeSet<>();
    step.messages().forEach(item -> shown.add(item.sequence()));
    return shown;
  }

  private static ReactionStep told(Past.Reacted note, Timeline timeline) {
    int count = timeline.reactors(note.sequence(), note.revision(), note.reaction()).size();
    return new ReactionStep(note.sequence(), note.user(), note.reaction(), note.on(), count);
  }
}
