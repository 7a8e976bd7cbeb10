// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.id.UserId;
import tern.store.Database;
import tern.user.report.QueuedReport;
import tern.user.report.Reports;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.Profile;
import tern.v1.ServerFrame;
import tern.v1.UpdateProfile;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// Whom those see who watch an OPEN conversation, and what of it they may report.
@Tag("slow")
final class SpeakersTest {
  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose private static final TestSql sql = TestSql.of(node);
  @AutoClose private static final Database database = new Database(node.database());

  private static TestClient named(String user) {
    TestClient client = node.connect(user);
    UpdateProfile.Builder profile =
        UpdateProfile.newBuilder()
            .setName("Name of " + user)
            .setImageUrl("https://example.com/a.png")
            .setLocale("pt-BR")
            .setTimeZone("Europe/Berlin")
            .setMetadata(Metadata.newBuilder().putEntries("team", "birds"));
    assertThat(client.ask(PersonRequests.profile(profile)).hasProfiles()).isTrue();
    return client;
  }

  private static String room(TestClient owner, WatchAccess access) {
    WatchRules.Builder rules = WatchRules.newBuilder().setAccess(access).setWatchersPost(true);
    if (access == WatchAccess.WATCH_ACCESS_GRANT) {
      rules.setGrant("vip");
    }
    return owner
        .ask(OpenRequests.create(rules))
        .getConversationOpened()
        .getConversation()
        .getConversationId();
  }

  private static ServerFrame answer(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).toBuilder().clearId().build();
  }

  private static List<String> seen(TestClient client, String room, String... users) {
    return client
        .ask(PersonRequests.profilesIn(room, users))
        .getProfiles()
        .getProfilesList()
        .stream()
        .map(Profile::getUserId)
        .toList();
  }

  private static ErrorCode reports(TestClient client, ClientFrame.Builder report) {
    return client.ask(report).getError().getCode();
  }

  private static void spokeLast(String user, String ago) {
    sql.run("update watcher set spoke_at = now() - ?::text::interval where user_id = ?", ago, user);
  }

  @Test
  void whoMayWatchSeesMembersAndWhoPostedAndNobodyElse() {
    try (TestClient owner = named("owner1");
        TestClient speaker = named("speaker1");
        TestClient silent = named("silent1");
        TestClient ann = node.connect("ann1")) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_LIST);
      owner.ask(OpenRequests.list(room, List.of("ann1", "silent1", "speaker1")));
      owner.ask(Requests.mute(room, "silent1", 0));
      assertThat(silent.ask(OpenRequests.watch(room)).hasWatching()).isTrue();
      speaker.say(room, "hello");

      assertThat(seen(ann, room, "silent1", "speaker1", "owner1", "nobody1"))
          .containsExactly("owner1", "speaker1");
      assertThat(ann.ask(PersonRequests.profiles("owner1", "speaker1")).getProfiles())
          .isEqualTo(tern.v1.Profiles.getDefaultInstance());
    }
  }

  @Test
  void ofWhomOneOnlyWatchesNameAndImageAreSeen() {
    try (TestClient owner = named("owner2");
        TestClient ann = node.connect("ann2")) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);

      Profile watched =
          ann.ask(PersonRequests.profilesIn(room, "owner2")).getProfiles().getProfiles(0);
      ann.openDirect("owner2");
      Profile known =
          ann.ask(PersonRequests.profilesIn(room, "owner2")).getProfiles().getProfiles(0);

      assertThat(watched.getName()).isEqualTo("Name of owner2");
      assertThat(watched.getImageUrl()).isEqualTo("https://example.com/a.png");
      assertThat(watched)
          .isEqualTo(known.toBuilder().clearLocale().clearTimeZone().clearMetadata().build());
      assertThat(known.getLocale()).isEqualTo("pt-BR");
      assertThat(known.getTimeZone()).isEqualTo("Europe/Berlin");
      assertThat(known.getMetadataMap()).containsOnlyKeys("team");
    }
  }

  @Test
  void whoMayNotWatchIsAnsweredAsIfThereWereNoRoom() {
    try (TestClient owner = named("owner3");
        TestClient ann = node.connect("ann3")) {
      String banned = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      String listed = room(owner, WatchAccess.WATCH_ACCESS_LIST);
      String granted = room(owner, WatchAccess.WATCH_ACCESS_GRANT);
      String deleted = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      owner.ask(OpenRequests.list(listed, List.of("ann3")));
      for (String room : List.of(banned, listed, deleted)) {
        assertThat(seen(ann, room, "owner3")).containsExactly("owner3");
      }

      owner.ask(Requests.ban(banned, "ann3", 0));
      owner.ask(OpenRequests.unlist(listed, List.of("ann3")));
      owner.ask(Requests.deleteGroup(deleted));

      String group = owner.createGroup("private");
      ServerFrame none =
          answer(ann, PersonRequests.profilesIn(UUID.randomUUID().toString(), "owner3"));
      assertThat(none.hasProfiles()).isTrue();
      assertThat(List.of(banned, listed, granted, deleted, group))
          .allSatisfy(
              room ->
                  assertThat(answer(ann, PersonRequests.profilesIn(room, "owner3")))
                      .isEqualTo(none));
    }
  }

  @Test
  void aGrantShowsWhoSpeaksForAsLongAsTheTokenHasIt() {
    try (TestClient owner = named("owner4");
        TestClient ann = TestClient.connectWith(node, node.tokenGranting("ann4", "vip"))) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_GRANT);
      long insult = owner.say(room, "insult").getSequence();

      List<String> before = seen(ann, room, "owner4");
      ErrorCode message = reports(ann, PersonRequests.report(UUID.randomUUID(), room, insult));
      ErrorCode author = reports(ann, PersonRequests.reportIn(UUID.randomUUID(), room, "owner4"));
      ann.ask(Requests.refresh(node.tokenGranting("ann4", "other")));

      assertThat(before).containsExactly("owner4");
      assertThat(List.of(message, author)).containsOnly(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(seen(ann, room, "owner4")).isEmpty();
      assertThat(reports(ann, PersonRequests.report(UUID.randomUUID(), room, insult)))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(reports(ann, PersonRequests.reportIn(UUID.randomUUID(), room, "owner4")))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoHasLongBeenSilentIsSeenAgainOnlyOnceTheySpeak() {
    try (TestClient owner = named("owner5");
        TestClient speaker = named("speaker5");
        TestClient former = named("former5");
        TestClient ann = node.connect("ann5")) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      owner.ask(Requests.add(room, List.of("former5")));
      former.say(room, "hello");
      owner.ask(Requests.remove(room, List.of("former5")));
      speaker.say(room, "hello");
      assertThat(seen(ann, room, "speaker5", "former5")).containsExactly("former5", "speaker5");

      spokeLast("speaker5", "31 days");
      sql.run("update member set changed_at = now() - interval '31 days' where removed");

      assertThat(seen(ann, room, "speaker5", "former5")).isEmpty();
      speaker.say(room, "here again");
      assertThat(seen(ann, room, "speaker5", "former5")).containsExactly("speaker5");
    }
  }

  @Test
  void whoGoesOnToSpeakIsNotedOnceADay() {
    try (TestClient owner = node.connect("owner6");
        TestClient speaker = node.connect("speaker6")) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      speaker.say(room, "hello");
      String behind =
          "select count(*) from watcher where user_id = 'speaker6' and spoke_at < now() - interval '1 hour'";

      spokeLast("speaker6", "23 hours");
      speaker.say(room, "still here");
      long soon = sql.number(behind);
      spokeLast("speaker6", "25 hours");
      speaker.say(room, "the next day");

      assertThat(soon).isEqualTo(1);
      assertThat(sql.number(behind)).isZero();
    }
  }

  @Test
  void whoSpeaksCanBeReportedAndTheQueueTellsWhere() {
    try (TestClient owner = node.connect("owner7");
        TestClient ann = node.connect("ann7")) {
      String room = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      UUID id = UUID.randomUUID();

      ServerFrame first = ann.ask(PersonRequests.reportIn(id, room, "owner7"));
      ServerFrame again = ann.ask(PersonRequests.reportIn(id, room, "owner7"));
      String elsewhere = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);

      assertThat(first.getReported().getDuplicate()).isFalse();
      assertThat(again.getReported().getDuplicate()).isTrue();
      assertThat(reports(ann, PersonRequests.reportIn(id, elsewhere, "owner7")))
          .isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
      List<QueuedReport> open =
          new Reports(database).list(true, Optional.of(new UserId("owner7")), Long.MAX_VALUE, 10);
      assertThat(open).hasSize(1);
      assertThat(open.getFirst().conversation().orElseThrow()).hasToString(room);
      assertThat(open.getFirst().message()).isEmpty();
    }
  }

  @Test
  void whoDoesNotSpeakThereIsAnsweredLikeARoomThatDoesNotExist() {
    try (TestClient owner = node.connect("owner8");
        TestClient ann = node.connect("ann8")) {
      String open = room(owner, WatchAccess.WATCH_ACCESS_PUBLIC);
      String closed = room(owner, WatchAccess.WATCH_ACCESS_LIST);
      String group = ann.createGroup("team", "owner8");
      UUID id = UUID.randomUUID();

      ServerFrame none =
          answer(ann, PersonRequests.reportIn(id, UUID.randomUUID().toString(), "owner8"));

      assertThat(none.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(answer(ann, PersonRequests.reportIn(id, open, "nobody8"))).isEqualTo(none);
      assertThat(answer(ann, PersonRequests.reportIn(id, closed, "owner8"))).isEqualTo(none);
      assertThat(answer(ann, PersonRequests.reportIn(id, group, "owner8"))).isEqualTo(none);
    }
  }
}
