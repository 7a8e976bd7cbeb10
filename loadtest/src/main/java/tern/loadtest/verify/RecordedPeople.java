// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedEntries.ERIN;
import static tern.loadtest.verify.RecordedEntries.FRANK;
import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;

import java.util.List;
import java.util.Map;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;

/// The part of a recorded run that is about people: frank blocks erin, who has a conversation with
/// him alone and wants him in a group, for a while; alice mutes bob, who calls himself first one
/// thing and then another.
final class RecordedPeople {
  static final String FIRST_NAME = "Bob";
  static final String LAST_NAME = "Robert";

  private final RecordedRun run;
  private final RecordedRoom pair;

  RecordedPeople(RecordedRun run) {
    this.run = run;
    this.pair = run.pair;
  }

  void play() {
    for (String user : List.of(ERIN, FRANK)) {
      pair.memberships.add(new MemberSeen(user, 1, 1, false, 1));
    }
    pair.settings.add(new Settings(1, Map.of()));
    pair.notedAt.put(1L, run.now());
    say("erin:1");
    block(true);
    refuse(run, "erin:2");
    found();
    block(false);
    say("erin:3");
    mute();
    rename(FIRST_NAME);
    rename(LAST_NAME);
  }

  private void say(String text) {
    long at = run.now();
    Item item = pair.say(ERIN, text, true, run.now());
    run.log(ERIN)
        .add(new Seen.Sent(at, 1, pair.id, item.clientMessageId(), text, Headers.NONE, true));
    run.log(ERIN)
        .add(
            new Seen.Accepted(
                run.now(),
                1,
                pair.id,
                item.clientMessageId(),
                item.sequence(),
                item.revision(),
                false));
  }

  /// Erin's message is refused.
  static void refuse(RecordedRun run, String text) {
    run.log(ERIN)
        .add(new Seen.Sent(run.now(), 1, run.pair.id, "id of " + text, text, Headers.NONE, true));
    run.log(ERIN)
        .add(
            new Seen.Refused(
                run.now(),
                1,
                "SEND_MESSAGE",
                run.pair.id,
                "id of " + text,
                "FORBIDDEN",
                "not allowed"));
  }

  /// Erin may not bring frank into a group of hers.
  private void found() {
    int request = run.nextRequest();
    run.log(ERIN).add(new Seen.FoundingAsked(run.now(), 1, request, List.of(BOB, FRANK)));
    run.log(ERIN).add(new Seen.FoundingRefused(run.now(), 1, request, "FORBIDDEN"));
  }

  private void block(boolean blocked) {
    Relation.Wish wish = new Relation.Wish(Relation.Kind.BLOCK, ERIN, blocked);
    int request = run.nextRequest();
    run.log(FRANK).add(new Seen.RelationAsked(run.now(), 1, request, wish));
    Relation now = new Relation(FRANK, ERIN, blocked, false, run.now());
    run.relations.add(now);
    pair.blocks.add(new Rules.Block(blocked, pair.revision, run.now()));
    run.log(FRANK).add(new Seen.Related(run.now(), 1, request, now));
  }

  private void mute() {
    Relation.Wish wish = new Relation.Wish(Relation.Kind.MUTE, BOB, true);
    int request = run.nextRequest();
    run.log(ALICE).add(new Seen.RelationAsked(run.now(), 1, request, wish));
    Relation now = new Relation(ALICE, BOB, false, true, run.now());
    run.relations.add(now);
    run.log(ALICE).add(new Seen.Related(run.now(), 1, request, now));
  }

  private void rename(String name) {
    int request = run.nextRequest();
    int session = run.session(BOB);
    run.log(BOB)
        .add(new Seen.ProfileAsked(run.now(), session, request, Map.of(Relations.NAME, name)));
    ProfileSeen now =
        new ProfileSeen(BOB, Relations.parts(name, "", "{}"), run.profiles.size() + 1L, run.now());
    run.profiles.add(now);
    run.log(BOB).add(new Seen.ProfilesShown(run.now(), session, request, List.of(), List.of(now)));
  }

  /// What alice is shown of people in the end.
  void lookAgain() {
    run.log(ALICE).add(new Seen.RelationsListed(run.now(), 1, Relation.Kind.BLOCK, List.of()));
    run.log(ALICE).add(new Seen.RelationsListed(run.now(), 1, Relation.Kind.MUTE, List.of(BOB)));
    run.log(ALICE)
        .add(
            new Seen.ProfilesShown(
                run.now(),
                1,
                run.nextRequest(),
                List.of(BOB, ERIN),
                List.of(run.profiles.getLast())));
  }
}
