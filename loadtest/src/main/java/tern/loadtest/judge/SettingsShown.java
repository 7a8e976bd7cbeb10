// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Step;

/// Settings in steps and pages: what is shown is a state that they had, and a step over a change of
/// them shows it. A later change may tell it instead: in a page, which shows the newest; live, only
/// when the step is announced again.
final class SettingsShown {
  // See AskTimes.
  private static final long AGAIN_AFTER = 1_900_000_000L;

  private SettingsShown() {}

  static void check(ClientLog client, Seen.Live live, Room room, Findings findings) {
    Step step = live.step();
    checkTrue(client, step, step.after(), room, findings);
    changed(step, room)
        .ifPresent(
            revision -> {
              boolean isOvertaken =
                  revision < room.rights().settings().lastKey()
                      && live.at() - room.rights().notedAt(revision) >= AGAIN_AFTER;
              checkTold(client, step, revision, isOvertaken, findings);
            });
  }

  static void check(ClientLog client, Seen.CatchUpPage page, Room room, Findings findings) {
    Step step = page.step();
    boolean isReset = !page.reset().isEmpty();
    checkTrue(client, step, isReset ? 0 : step.after(), room, findings);
    Optional<Long> owed =
        isReset
            ? Optional.ofNullable(room.rights().settings().floorKey(step.through()))
            : changed(step, room);
    owed.ifPresent(
        revision -> {
          // A page that others follow was read when more had happened than it tells.
          boolean isOvertaken = revision < room.rights().settings().lastKey() && !page.live();
          checkTold(client, step, revision, isOvertaken, findings);
        });
  }

  private static void checkTrue(
      ClientLog client, Step step, long after, Room room, Findings findings) {
    NavigableMap<Long, Settings> states = room.rights().settings();
    for (Settings shown : step.settings()) {
      findings.check(
          Invariant.DIVERGED,
          shown.equals(states.get(shown.revision()))
              && after < shown.revision()
              && shown.revision() <= step.through(),
          "%s: %s from %s to %s shows %s, the store held %s",
          client.client(),
          step.conversation(),
          step.after(),
          step.through(),
          shown,
          Optional.ofNullable(states.floorEntry(shown.revision())).map(Map.Entry::getValue));
    }
  }

  /// The last change of settings in a step.
  private static Optional<Long> changed(Step step, Room room) {
    return Optional.ofNullable(room.rights().settings().floorKey(step.through()))
        .filter(revision -> revision > step.after());
  }

  private static void checkTold(
      ClientLog client, Step step, long revision, boolean isOvertaken, Findings findings) {
    findings.check(
        Invariant.GAPS,
        isOvertaken || step.settings().stream().anyMatch(shown -> shown.revision() == revision),
        "%s: %s from %s to %s does not tell of the settings at %s, but of %s",
        client.client(),
        step.conversation(),
        step.after(),
        step.through(),
        revision,
        step.settings());
  }
}
