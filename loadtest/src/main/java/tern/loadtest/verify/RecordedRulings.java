// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;
import static tern.loadtest.verify.RecordedRun.ROOM;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// The part of a recorded run in which people rule: the group gets a name and an image, bob a role;
/// carol is muted, meets a frozen group and a slow one; dave, who never was a member, is banned;
/// members may remove and delete, though not moderators and what they have sent; then owners alone.
final class RecordedRulings {
  static final String DAVE = "dave";

  /// What is set of the group from the beginning.
  static final Settings AT_FIRST =
      new Settings(
          1,
          Map.ofEntries(
              Map.entry(Setting.NAME.key(), "room"),
              Map.entry(Setting.IMAGE.key(), ""),
              Map.entry(Setting.POST_ROLE.key(), "1"),
              Map.entry(Setting.ADD_ROLE.key(), "2"),
              Map.entry(Setting.SETTINGS_ROLE.key(), "2"),
              Map.entry(Setting.PIN_ROLE.key(), "2"),
              Map.entry(Setting.REMOVE_ROLE.key(), "2"),
              Map.entry(Setting.DELETE_ROLE.key(), "2"),
              Map.entry(Setting.FROZEN.key(), "false"),
              Map.entry(Setting.SLOW_MODE.key(), "0"),
              Map.entry(Setting.KEY.key(), "room"),
              Map.entry(Setting.HISTORY.key(), "1")));

  private static final long SLOW_NANOS = 1_000_000_000L;
  private static final long FOREVER = 9_007_199_254_740_991L;

  private final RecordedRun run;

  RecordedRulings(RecordedRun run) {
    this.run = run;
  }

  void play() {
    set(ALICE, Setting.NAME, "Birds", Item.systemText("KIND_RENAMED", List.of(), "Birds"));
    set(ALICE, Setting.IMAGE, "https://example.com/1", imageChanged());
    promote();
    refuse(CAROL, promotion(), "FORBIDDEN");
    mute(FOREVER);
    silence(CAROL);
    mute(0);
    answer(BOB, ask(BOB, muting(0)), muting(0), 0, List.of());
    set(BOB, Setting.FROZEN, "true", "");
    silence(CAROL);
    set(BOB, Setting.FROZEN, "false", "");
    set(BOB, Setting.SLOW_MODE, "1", "");
    run.say(CAROL, 2);
    run.pass(SLOW_NANOS);
    run.say(CAROL, 3);
    set(BOB, Setting.SLOW_MODE, "0", "");
    ban(FOREVER);
    refuse(ALICE, new Ruling(Ruling.Kind.ADD, ROOM, List.of(DAVE), Map.of()), "FORBIDDEN");
    ban(0);
    set(ALICE, Setting.REMOVE_ROLE, "1", "");
    refuse(CAROL, removal(BOB), "FORBIDDEN");
    set(ALICE, Setting.DELETE_ROLE, "1", "");
    set(ALICE, Setting.REMOVE_ROLE, "3", "");
    refuse(BOB, removal(CAROL), "FORBIDDEN");
    set(ALICE, Setting.DELETE_ROLE, "3", "");
  }

  static Ruling removal(String user) {
    return new Ruling(Ruling.Kind.REMOVE, ROOM, List.of(user), Map.of());
  }

  private static String imageChanged() {
    return Item.systemText("KIND_IMAGE_CHANGED", List.of(), "");
  }

  private void set(String user, Setting setting, String value, String told) {
    Ruling ruling = new Ruling(Ruling.Kind.SETTINGS, ROOM, List.of(), Map.of(setting.key(), value));
    int request = ask(user, ruling);
    Map<String, String> values = new HashMap<>(run.settings.getLast().values());
    values.putAll(ruling.values());
    Settings now = new Settings(run.revision() + 1, values);
    run.settings.add(now);
    run.announce(List.of(), List.of(), List.of(now));
    if (!told.isEmpty()) {
      run.tell(user, told);
    }
    answer(user, request, ruling, now.revision(), List.of(now));
  }

  private static Ruling promotion() {
    return new Ruling(Ruling.Kind.ROLE, ROOM, List.of(BOB), Map.of(Ruling.ROLE, "2"));
  }

  private void promote() {
    int request = ask(ALICE, promotion());
    long revision = become(new MemberSeen(BOB, 2, run.revision() + 1, false, 1));
    run.tell(ALICE, Item.systemText("KIND_ROLE_CHANGED", List.of(BOB), "2"));
    answer(ALICE, request, promotion(), revision, List.of());
  }

  private static Ruling muting(long until) {
    return new Ruling(
        Ruling.Kind.MUTE, ROOM, List.of(CAROL), Map.of(Ruling.UNTIL, String.valueOf(until)));
  }

  private void mute(long until) {
    int request = ask(BOB, muting(until));
    long from = run.visibleFrom(CAROL);
    long revision = become(new MemberSeen(CAROL, 1, run.revision() + 1, false, from, until));
    answer(BOB, request, muting(until), revision, List.of());
  }

  private long become(MemberSeen member) {
    run.note(member);
    run.announce(List.of(member), List.of(), List.of());
    return member.revision();
  }

  private void ban(long until) {
    Ruling ruling =
        new Ruling(
            Ruling.Kind.BAN, ROOM, List.of(DAVE), Map.of(Ruling.UNTIL, String.valueOf(until)));
    int request = ask(BOB, ruling);
    run.bans.add(new Rules.Ban(DAVE, until, run.revision(), run.now()));
    answer(BOB, request, ruling, 0, List.of());
  }

  /// The user tries to post, and may not.
  private void silence(String user) {
    String id = "00000000-0000-4000-8000-00000000000" + run.nextRequest() % 10;
    run.log(user)
        .add(new Seen.Sent(run.now(), run.session(user), ROOM, id, "let me", Headers.NONE, true));
    run.log(user)
        .add(
            new Seen.Refused(
                run.now(), run.session(user), "SEND_MESSAGE", ROOM, id, "FORBIDDEN", "muted"));
  }

  private void refuse(String user, Ruling ruling, String code) {
    int request = ask(user, ruling);
    run.log(user).add(new Seen.RulingRefused(run.now(), run.session(user), request, ruling, code));
  }

  private int ask(String user, Ruling ruling) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.RulingAsked(run.now(), run.session(user), request, ruling));
    return request;
  }

  private void answer(
      String user, int request, Ruling ruling, long revision, List<Settings> settings) {
    run.log(user)
        .add(new Seen.Ruled(run.now(), run.session(user), request, ruling, revision, settings));
  }
}
