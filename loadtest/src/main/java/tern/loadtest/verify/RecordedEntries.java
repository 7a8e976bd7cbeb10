// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.CAROL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Entry;
import tern.loadtest.history.Invite;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// The part of a recorded run in which a second group is joined and deleted: erin comes by its key,
/// frank by an invitation for one, which nobody else gets in with; another is revoked; alice, who
/// owns it, ends it, and it is as if it had never been.
final class RecordedEntries {
  static final String ERIN = "erin";
  static final String FRANK = "frank";
  static final String KEY = "parlour";
  static final String USED_UP = Entry.hash("used up");
  static final String REVOKED = Entry.hash("revoked");

  private static final long FAR_AHEAD_MS = 4_102_444_800_000L;

  private final RecordedRun run;
  private final RecordedRoom room;

  RecordedEntries(RecordedRun run) {
    this.run = run;
    this.room = run.parlour;
  }

  void play() {
    for (String user : List.of(ERIN, FRANK)) {
      run.log(user).add(new Seen.Opened(run.now(), 1, "epoch"));
    }
    room.memberships.add(new MemberSeen(ALICE, 3, 1, false, 1));
    room.settings.add(new Settings(1, settings(false)));
    room.notedAt.put(1L, run.now());
    run.log(ALICE).add(new Seen.Members(run.now(), 1, room.id, 1, List.copyOf(room.memberships)));
    open();
    enter(ERIN, Entry.byKey(KEY));
    invite(USED_UP);
    room.invites.add(state(USED_UP, 1, true));
    enter(FRANK, new Entry("", USED_UP));
    turnAway(CAROL, new Entry("", USED_UP));
    invite(REVOKED);
    revoke();
    turnAway(CAROL, new Entry("", REVOKED));
    turnAway(CAROL, Entry.byKey("no such key"));
    refuse(ERIN, deletion(), "FORBIDDEN");
    delete();
    refuse(ALICE, deletion(), "NOT_FOUND");
  }

  private static Map<String, String> settings(boolean joinable) {
    Map<String, String> values = new HashMap<>(RecordedRulings.AT_FIRST.values());
    values.put(Setting.KEY.key(), KEY);
    values.put(Setting.JOINABLE.key(), String.valueOf(joinable));
    return values;
  }

  private void open() {
    Ruling ruling =
        new Ruling(
            Ruling.Kind.SETTINGS, room.id, List.of(), Map.of(Setting.JOINABLE.key(), "true"));
    int request = ask(ALICE, ruling);
    Settings now = new Settings(room.takeRevision(run.now()), settings(true));
    room.settings.add(now);
    run.log(ALICE).add(new Seen.Ruled(run.now(), 1, request, ruling, now.revision(), List.of(now)));
  }

  private void enter(String user, Entry entry) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.JoinAsked(run.now(), 1, request, entry));
    long revision = room.takeRevision(run.now());
    room.memberships.add(new MemberSeen(user, 1, revision, false, room.messages.size() + 1L));
    room.say(ALICE, Item.systemText("KIND_MEMBERS_ADDED", List.of(user), ""), false, run.now());
    run.log(user).add(new Seen.Joined(run.now(), 1, request, entry, room.id, room.revision));
  }

  private void turnAway(String user, Entry entry) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.JoinAsked(run.now(), run.session(user), request, entry));
    run.log(user)
        .add(new Seen.JoinRefused(run.now(), run.session(user), request, entry, "NOT_FOUND"));
  }

  private void invite(String hash) {
    Ruling ruling = new Ruling(Ruling.Kind.INVITE, room.id, List.of(), Map.of(Ruling.USES, "1"));
    int request = ask(ALICE, ruling);
    room.invites.add(state(hash, 0, true));
    run.log(ALICE).add(new Seen.Invited(run.now(), 1, request, ruling, id(hash), hash));
  }

  private Invite state(String hash, int uses, boolean stands) {
    return new Invite(
        id(hash), hash, ALICE, FAR_AHEAD_MS, 1, uses, stands, room.revision, run.now());
  }

  private static String id(String hash) {
    return "id of " + hash;
  }

  private void revoke() {
    Ruling ruling =
        new Ruling(Ruling.Kind.REVOKE, room.id, List.of(), Map.of(Ruling.INVITATION, id(REVOKED)));
    int request = ask(ALICE, ruling);
    room.invites.add(state(REVOKED, 0, false));
    run.log(ALICE).add(new Seen.Invited(run.now(), 1, request, ruling, id(REVOKED), ""));
  }

  private Ruling deletion() {
    return new Ruling(Ruling.Kind.END, room.id, List.of(), Map.of());
  }

  private void delete() {
    int request = ask(ALICE, deletion());
    room.endedAt = room.takeRevision(run.now());
    for (String user : List.of(ALICE, ERIN, FRANK)) {
      int role = user.equals(ALICE) ? 3 : 1;
      room.memberships.add(new MemberSeen(user, role, room.endedAt, true, 1));
    }
    run.log(ALICE).add(new Seen.Ruled(run.now(), 1, request, deletion(), 0, List.of()));
  }

  private void refuse(String user, Ruling ruling, String code) {
    int request = ask(user, ruling);
    run.log(user).add(new Seen.RulingRefused(run.now(), 1, request, ruling, code));
  }

  private int ask(String user, Ruling ruling) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.RulingAsked(run.now(), 1, request, ruling));
    return request;
  }
}
