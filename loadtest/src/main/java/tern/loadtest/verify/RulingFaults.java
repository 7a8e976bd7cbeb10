// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRulings.DAVE;
import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Step;
import tern.loadtest.history.Wish;
import tern.loadtest.judge.Invariant;

/// Faults in what becomes of the group itself and of who may do what in it.
final class RulingFaults {
  private RulingFaults() {}

  static List<PlantedFault> inTheStore() {
    return List.of(
        new PlantedFault("rename lost", Invariant.LOST, run -> run.settings.remove(1)),
        new PlantedFault("rename not told", Invariant.LOST, RulingFaults::toldOtherwise),
        new PlantedFault(
            "rename nobody asked for",
            Invariant.LEAKED,
            run -> run.log(ALICE).removeIf(RulingFaults::isOfSettings)),
        new PlantedFault("ruled by a member", Invariant.LEAKED, RulingFaults::ruledByCarol),
        new PlantedFault(
            "role nobody gave",
            Invariant.LEAKED,
            run -> run.log(ALICE).removeIf(seen -> isAsked(seen, Ruling.Kind.ROLE))),
        new PlantedFault(
            "posted while muted",
            Invariant.LEAKED,
            run -> run.memberships.removeIf(state -> isUnmuted(run, state))),
        new PlantedFault("posted while frozen", Invariant.LEAKED, RulingFaults::stayedFrozen),
        new PlantedFault("posted too soon", Invariant.LEAKED, RulingFaults::postedTooSoon),
        new PlantedFault("banned, yet added", Invariant.LEAKED, RulingFaults::addedBanned),
        new PlantedFault("ban nobody asked for", Invariant.LEAKED, RulingFaults::bannedBob),
        new PlantedFault("ban lost", Invariant.LOST, run -> run.bans.clear()),
        new PlantedFault(
            "removed by whom the rule leaves out", Invariant.LEAKED, RulingFaults::removedByBob),
        new PlantedFault(
            "removed by who stands below", Invariant.LEAKED, RulingFaults::removedByCarol),
        new PlantedFault(
            "deleted by whom the rule leaves out", Invariant.LEAKED, run -> deleted(run, BOB)),
        new PlantedFault(
            "deleted by who stands below", Invariant.LEAKED, RulingFaults::deletedByCarol));
  }

  static List<PlantedFault> inAnswers() {
    return List.of(
        new PlantedFault("nothing set, they say", Invariant.REFUSED, RulingFaults::setNothing),
        new PlantedFault(
            "ruling refused without a reason",
            Invariant.REFUSED,
            run -> new Forgery(run, ALICE).last(RulingFaults::isSet, RulingFaults::refused)),
        new PlantedFault(
            "ruling never answered",
            Invariant.REFUSED,
            run -> run.log(ALICE).removeIf(RulingFaults::isSet)),
        new PlantedFault("silenced without a reason", Invariant.REFUSED, RulingFaults::silenced),
        new PlantedFault(
            "removal refused without a reason", Invariant.REFUSED, RulingFaults::keptByRefusal),
        new PlantedFault(
            "two rulings, one revision", Invariant.DUPLICATED, RulingFaults::toldTwice),
        new PlantedFault(
            "answered with other settings",
            Invariant.DIVERGED,
            run -> new Forgery(run, ALICE).last(RulingFaults::isSet, RulingFaults::setOtherwise)));
  }

  static List<PlantedFault> shown() {
    return List.of(
        new PlantedFault(
            "settings lost from a live stream",
            Invariant.GAPS,
            run -> new Forgery(run, BOB).live(lastSet(run), RulingFaults::withoutSettings)),
        new PlantedFault(
            "settings lost from a view",
            Invariant.DIVERGED,
            run -> new Forgery(run, CAROL).live(lastSet(run), RulingFaults::withoutSettings)),
        new PlantedFault(
            "settings that never were",
            Invariant.DIVERGED,
            run ->
                new Forgery(run, CAROL)
                    .live(
                        lastSet(run),
                        step -> withSettings(step, List.of(other(run.settings.getLast()))))),
        new PlantedFault(
            "mute's end lost from a live stream",
            Invariant.GAPS,
            run ->
                new Forgery(run, CAROL)
                    .live(unmuted(run).revision(), step -> withMembers(step, List.of()))));
  }

  private static boolean isOfSettings(Seen seen) {
    return isAsked(seen, Ruling.Kind.SETTINGS);
  }

  private static boolean isAsked(Seen seen, Ruling.Kind kind) {
    return seen instanceof Seen.RulingAsked asked && asked.ruling().kind() == kind;
  }

  private static boolean isSet(Seen seen) {
    return seen instanceof Seen.Ruled ruled && !ruled.settings().isEmpty();
  }

  private static void toldOtherwise(RecordedRun run) {
    run.messages.replaceAll(
        item ->
            item.text().contains("KIND_RENAMED")
                ? item.with(Item.systemText("KIND_RENAMED", List.of(), "Fish"), item.revision())
                : item);
  }

  /// It was carol, who has no such role.
  private static void ruledByCarol(RecordedRun run) {
    List<Seen> asked = run.log(ALICE).stream().filter(RulingFaults::isOfSettings).toList();
    run.log(ALICE).removeAll(asked);
    run.log(CAROL).addAll(asked);
  }

  private static MemberSeen unmuted(RecordedRun run) {
    return run.members.entrySet().stream()
        .filter(entry -> entry.getKey().equals(CAROL))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isUnmuted(RecordedRun run, MemberSeen state) {
    return state.equals(unmuted(run));
  }

  private static void stayedFrozen(RecordedRun run) {
    int frozen = 0;
    while (!run.settings.get(frozen).value(Setting.FROZEN).equals("true")) {
      frozen++;
    }
    for (int i = frozen + 1; i < run.settings.size(); i++) {
      run.settings.set(i, with(run.settings.get(i), Setting.FROZEN, "true"));
    }
  }

  private static Settings with(Settings state, Setting setting, String value) {
    Map<String, String> values = new HashMap<>(state.values());
    values.put(setting.key(), value);
    return new Settings(state.revision(), values);
  }

  private static void postedTooSoon(RecordedRun run) {
    long second = run.message(RecordedRun.LAST - 2, false).revision();
    run.notedAt.merge(second, -1_000_000_000L, Long::sum);
  }

  private static void addedBanned(RecordedRun run) {
    run.bans.removeLast();
    run.memberships.add(new MemberSeen(DAVE, 1, run.takeRevision(), false, run.sequence() + 1));
  }

  private static void bannedBob(RecordedRun run) {
    Rules.Ban ban = run.bans.getFirst();
    run.bans.add(new Rules.Ban(BOB, ban.untilMs(), ban.revision(), ban.at()));
  }

  private static void removedByBob(RecordedRun run) {
    MemberSeen carol = Objects.requireNonNull(run.members.get(CAROL));
    removed(run, BOB, carol);
  }

  /// It was dave, whom alice had made a moderator; as if members might still remove.
  private static void removedByCarol(RecordedRun run) {
    endWith(run, Setting.REMOVE_ROLE, "1");
    ask(run, ALICE, Ruling.Kind.ADD, DAVE, Map.of());
    long from = run.sequence() + 1;
    run.memberships.add(new MemberSeen(DAVE, 1, run.takeRevision(), false, from));
    ask(run, ALICE, Ruling.Kind.ROLE, DAVE, Map.of(Ruling.ROLE, "2"));
    MemberSeen moderator = new MemberSeen(DAVE, 2, run.takeRevision(), false, from);
    run.memberships.add(moderator);
    removed(run, CAROL, moderator);
  }

  private static void removed(RecordedRun run, String by, MemberSeen gone) {
    ask(run, by, Ruling.Kind.REMOVE, gone.user(), Map.of());
    run.memberships.add(
        new MemberSeen(gone.user(), gone.role(), run.takeRevision(), true, gone.visibleFrom()));
  }

  private static void ask(
      RecordedRun run, String by, Ruling.Kind kind, String user, Map<String, String> values) {
    Ruling ruling = new Ruling(kind, RecordedRun.ROOM, List.of(user), values);
    run.log(by).add(new Seen.RulingAsked(run.now(), 1, run.nextRequest(), ruling));
  }

  /// As if members might still delete: not what alice has sent, who owns the group.
  private static void deletedByCarol(RecordedRun run) {
    endWith(run, Setting.DELETE_ROLE, "1");
    deleted(run, CAROL);
  }

  private static void deleted(RecordedRun run, String by) {
    run.say(ALICE, 6);
    Item sent = run.messages.getLast();
    run.say(ALICE, 7);
    Wish wish = new Wish(Wish.Kind.DELETE, RecordedRun.ROOM, sent.sequence(), "", "", true);
    run.log(by).add(new Seen.ChangeAsked(run.now(), 1, run.nextRequest(), wish));
    long at = run.takeRevision();
    run.changes.add(
        new Item(
            sent.sequence(),
            at,
            sent.sender(),
            sent.clientMessageId(),
            "",
            false,
            Headers.NONE,
            new Fate(0, at, by, 0, List.of(), List.of())));
  }

  private static void endWith(RecordedRun run, Setting setting, String value) {
    while (!run.settings.getLast().value(setting).equals(value)) {
      run.settings.removeLast();
    }
  }

  /// Nobody was removed, for dave was no member: alice was answered as if he stood above her.
  private static void keptByRefusal(RecordedRun run) {
    Ruling ruling = RecordedRulings.removal(DAVE);
    int request = run.nextRequest();
    run.log(ALICE).add(new Seen.RulingAsked(run.now(), 1, request, ruling));
    run.log(ALICE).add(new Seen.RulingRefused(run.now(), 1, request, ruling, "FORBIDDEN"));
  }

  /// The group was never called that.
  private static void setNothing(RecordedRun run) {
    Ruling ruling =
        new Ruling(
            Ruling.Kind.SETTINGS, RecordedRun.ROOM, List.of(), Map.of(Setting.NAME.key(), "Fish"));
    int request = run.nextRequest();
    run.log(ALICE).add(new Seen.RulingAsked(run.now(), 1, request, ruling));
    run.log(ALICE).add(new Seen.Ruled(run.now(), 1, request, ruling, 0, List.of()));
  }

  private static Seen refused(Seen seen) {
    Seen.Ruled of = (Seen.Ruled) seen;
    return new Seen.RulingRefused(of.at(), of.session(), of.request(), of.ruling(), "FORBIDDEN");
  }

  /// Carol was muted for a while, but not then.
  private static void silenced(RecordedRun run) {
    new Forgery(run, CAROL)
        .last(
            seen -> seen instanceof Seen.Accepted,
            seen -> {
              Seen.Accepted of = (Seen.Accepted) seen;
              return new Seen.Refused(
                  of.at(),
                  of.session(),
                  "SEND_MESSAGE",
                  of.conversation(),
                  of.clientMessageId(),
                  "FORBIDDEN",
                  "muted");
            });
  }

  private static void toldTwice(RecordedRun run) {
    Seen again = run.log(ALICE).stream().filter(RulingFaults::isSet).findFirst().orElseThrow();
    run.log(ALICE).add(again);
  }

  private static Seen setOtherwise(Seen seen) {
    Seen.Ruled of = (Seen.Ruled) seen;
    return new Seen.Ruled(
        of.at(),
        of.session(),
        of.request(),
        of.ruling(),
        of.revision(),
        List.of(other(of.settings().getFirst())));
  }

  private static Settings other(Settings state) {
    return with(state, Setting.NAME, "Fish");
  }

  private static long lastSet(RecordedRun run) {
    return run.settings.getLast().revision();
  }

  private static Step withoutSettings(Step step) {
    return withSettings(step, List.of());
  }

  private static Step withSettings(Step step, List<Settings> settings) {
    return new Step(
        step.conversation(),
        step.after(),
        step.through(),
        step.sequence(),
        step.members(),
        step.messages(),
        step.reactions(),
        settings);
  }

  private static Step withMembers(Step step, List<MemberSeen> members) {
    return new Step(
        step.conversation(),
        step.after(),
        step.through(),
        step.sequence(),
        members,
        step.messages(),
        step.reactions(),
        step.settings());
  }
}
