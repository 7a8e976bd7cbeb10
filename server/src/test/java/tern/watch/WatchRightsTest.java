// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.UpdateConversation;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// Who may watch an OPEN conversation, who posts in it, and who governs it.
@Tag("slow")
final class WatchRightsTest {
  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  private static String room(TestClient owner, ClientFrame.Builder create) {
    ServerFrame answer = owner.ask(create);
    assertThat(answer.hasConversationOpened()).as(answer.toString()).isTrue();
    return answer.getConversationOpened().getConversation().getConversationId();
  }

  private static ErrorCode refusal(ServerFrame answer) {
    return answer.getError().getCode();
  }

  private static ErrorCode says(TestClient client, String room, String text) {
    return refusal(client.ask(TestClient.message(room, text, UUID.randomUUID())));
  }

  private static WatchRules.Builder rules(WatchAccess access) {
    return WatchRules.newBuilder().setAccess(access).setWatchersPost(true);
  }

  private static ErrorCode watches(TestClient client, String room) {
    return refusal(client.ask(OpenRequests.watch(room)));
  }

  private static void awaitCutOff(TestClient client, String room) {
    ServerFrame news = client.await(frame -> frame.getId() == 0 && frame.hasUnwatched());
    assertThat(news.getUnwatched().getConversationId()).isEqualTo(room);
  }

  private static ClientFrame.Builder freeze(String room, boolean frozen, int slowSeconds) {
    return ClientFrame.newBuilder()
        .setUpdateConversation(
            UpdateConversation.newBuilder()
                .setConversationId(room)
                .setFrozen(frozen)
                .setSlowModeSeconds(slowSeconds));
  }

  private static ErrorCode forwards(TestClient client, String room) {
    String own = client.createGroup("own");
    client.say(own, "to be forwarded");
    return client
        .ask(PersonalRequests.forward(own, 1, false, Map.of(room, UUID.randomUUID())))
        .getForwarded()
        .getOutcomes(0)
        .getError()
        .getCode();
  }

  @Test
  void onlyAGrantingTokenWatchesAndPostsWhereAGrantIsAskedFor() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = TestClient.connectWith(node, node.tokenGranting("ann", "vip", "other"));
        TestClient ben = TestClient.connectWith(node, node.tokenGranting("ben", "other"))) {
      String room =
          room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_GRANT).setGrant("vip")));

      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(says(ann, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(forwards(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(forwards(ben, room)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(watches(ben, room)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(says(ben, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoNeitherBelongsNorMayWatchChangesNothingOfTheirOwnAnyMore() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = TestClient.connectWith(node, node.tokenGranting("ann", "vip"));
        TestClient plain = node.connect("ann")) {
      String room =
          room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_GRANT).setGrant("vip")));
      ann.say(room, "mine");

      ServerFrame edited = plain.ask(Requests.edit(room, 1, UUID.randomUUID(), "changed"));
      ServerFrame deleted = plain.ask(Requests.delete(room, 1));

      assertThat(refusal(edited)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(deleted)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(ann.ask(Requests.edit(room, 1, UUID.randomUUID(), "changed"))))
          .isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
    }
  }

  @Test
  void aFreshTokenWithoutTheGrantEndsWatching() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = TestClient.connectWith(node, node.tokenGranting("ann", "vip"))) {
      String room =
          room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_GRANT).setGrant("vip")));
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      ann.ask(Requests.refresh(node.tokenGranting("ann", "other")));

      awaitCutOff(ann, room);
    }
  }

  @Test
  void onlyWhoIsListedWatchesWhereThereIsAList() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_LIST)));
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);

      ServerFrame listed = owner.ask(OpenRequests.list(room, List.of("ann", "ben")));
      assertThat(listed.getWatchListChanged().getAdded()).isEqualTo(2);
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(
              owner.ask(OpenRequests.listed(room, "ann", 10)).getWatchListPage().getUserIdsList())
          .containsExactly("ben");
      assertThat(refusal(ann.ask(OpenRequests.listed(room, "", 10))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);

      owner.ask(OpenRequests.unlist(room, List.of("ann")));
      awaitCutOff(ann, room);
      assertThat(says(ann, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoIsTakenOffTheListEditsNoMore() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_LIST)));
      owner.ask(OpenRequests.list(room, List.of("ann")));
      long mine = ann.say(room, "mine").getSequence();

      ServerFrame listed = ann.ask(Requests.edit(room, mine, UUID.randomUUID(), "mine, better"));
      owner.ask(OpenRequests.unlist(room, List.of("ann")));
      ServerFrame unlisted = ann.ask(Requests.edit(room, mine, UUID.randomUUID(), "once more"));

      assertThat(listed.hasError()).isFalse();
      assertThat(refusal(unlisted)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoIsBannedIsCutOffAndMeetsNothing() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(true));
      long mine = owner.say(room, "hello").getSequence();
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      long hers = ann.say(room, "spam").getSequence();

      owner.ask(Requests.ban(room, "ann", 0));
      awaitCutOff(ann, room);

      for (ClientFrame.Builder request :
          List.of(
              OpenRequests.watch(room),
              TestClient.message(room, "more", UUID.randomUUID()),
              Requests.before(room, 0, 10),
              Requests.edit(room, hers, UUID.randomUUID(), "more"),
              Requests.delete(room, hers),
              Requests.delete(room, mine))) {
        assertThat(refusal(ann.ask(request))).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      }
    }
  }

  @Test
  void aDeletedConversationSendsEverybodyAway() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(true));
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      assertThat(owner.ask(Requests.deleteGroup(room)).hasConversationDeleted()).isTrue();

      awaitCutOff(ann, room);
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void inABroadcastOnlyMembersPostUntilTheOwnerLetsAll() {
    try (TestClient owner = node.connect("owner");
        TestClient speaker = node.connect("speaker");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(false));
      owner.ask(Requests.add(room, List.of("speaker")));
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      assertThat(says(speaker, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(says(ann, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(speaker.ask(OpenRequests.letWatchersPost(room, true))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      ServerFrame opened = owner.ask(OpenRequests.letWatchersPost(room, true));
      assertThat(opened.getConversationChanged().getConversation().getWatching().getWatchersPost())
          .isTrue();
      assertThat(says(ann, room, "hello")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
    }
  }

  @Test
  void watchersEditAndDeleteTheirOwnAndNothingElse() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann");
        TestClient ben = node.connect("ben")) {
      String room = room(owner, OpenRequests.create(true));
      long hers = ann.say(room, "hello").getSequence();

      ServerFrame edited = ann.ask(Requests.edit(room, hers, UUID.randomUUID(), "good day"));
      assertThat(edited.hasMessageChanged()).as(edited.toString()).isTrue();
      assertThat(refusal(ben.ask(Requests.edit(room, hers, UUID.randomUUID(), "bad day"))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(ben.ask(Requests.delete(room, hers))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(ann.ask(Requests.react(room, hers, "👍"))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(ann.ask(Requests.pin(room, hers))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(ann.ask(Requests.delete(room, hers)).hasMessageChanged()).isTrue();
    }
  }

  @Test
  void moderatorsDeleteMuteFreezeAndSlowDown() {
    try (TestClient owner = node.connect("owner");
        TestClient moderator = node.connect("moderator");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(true));
      owner.ask(Requests.add(room, List.of("moderator")));
      owner.ask(Requests.setRole(room, "moderator", Role.ROLE_MODERATOR));
      long spam = ann.say(room, "spam").getSequence();

      assertThat(moderator.ask(Requests.delete(room, spam)).hasMessageChanged()).isTrue();
      assertThat(moderator.ask(Requests.mute(room, "ann", 0)).hasMembersChanged()).isTrue();
      assertThat(says(ann, room, "muted")).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      moderator.ask(Requests.unmute(room, "ann"));
      assertThat(says(ann, room, "free")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      moderator.ask(freeze(room, true, 0));
      assertThat(says(ann, room, "frozen")).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(says(moderator, room, "still")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      moderator.ask(freeze(room, false, 3600));
      assertThat(says(ann, room, "first")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(says(ann, room, "too early")).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(says(moderator, room, "at will")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
      assertThat(says(moderator, room, "at will")).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);
    }
  }

  @Test
  void watchersGovernNothing() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(true));
      assertThat(watches(ann, room)).isEqualTo(ErrorCode.ERROR_CODE_UNSPECIFIED);

      for (ClientFrame.Builder request :
          List.of(
              Requests.mute(room, "owner", 0),
              Requests.ban(room, "owner", 0),
              Requests.banned(room, "", 10),
              Requests.rename(room, "mine"),
              Requests.add(room, List.of("ann")),
              Requests.setRole(room, "ann", Role.ROLE_OWNER),
              Requests.deleteGroup(room),
              OpenRequests.list(room, List.of("ben")),
              OpenRequests.letWatchersPost(room, false))) {
        assertThat(refusal(ann.ask(request))).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      }
    }
  }

  @Test
  void whoMayWatchReportsWhatTheyRead() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner, OpenRequests.create(true));
      String closed = room(owner, OpenRequests.create(rules(WatchAccess.WATCH_ACCESS_LIST)));
      long read = owner.say(room, "insult").getSequence();
      long unread = owner.say(closed, "insult").getSequence();

      assertThat(ann.ask(PersonRequests.report(UUID.randomUUID(), room, read)).hasReported())
          .isTrue();
      assertThat(refusal(ann.ask(PersonRequests.report(UUID.randomUUID(), closed, unread))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoMayWatchReadsAndCountsWithoutWatching() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann");
        TestClient ben = node.connect("ben")) {
      String room = room(owner, OpenRequests.create(true));
      owner.say(room, "hello");
      ServerFrame nobody = ann.ask(OpenRequests.count(room));
      assertThat(ben.ask(OpenRequests.watch(room)).hasWatching()).isTrue();

      ServerFrame one = ann.ask(OpenRequests.count(room));
      ServerFrame page = ann.ask(Requests.before(room, 0, 10));

      assertThat(nobody.hasWatcherCount()).isTrue();
      assertThat(nobody.getWatcherCount().getWatchers()).isZero();
      assertThat(one.getWatcherCount().getWatchers()).isEqualTo(1);
      assertThat(page.getHistoryPage().getMessagesCount()).isEqualTo(1);
      owner.ask(Requests.ban(room, "ann", 0));
      assertThat(refusal(ann.ask(OpenRequests.count(room))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(ann.ask(Requests.before(room, 0, 10))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void aKeyNamesOneConversationOfOneKind() {
    try (TestClient owner = node.connect("owner")) {
      ClientFrame.Builder create = OpenRequests.create(true);
      create.getCreateOpenBuilder().setKey("concert");
      String room = room(owner, create);

      assertThat(room(owner, create)).isEqualTo(room);
      assertThat(
              refusal(
                  owner.ask(
                      Requests.createGroup(
                          "group",
                          "concert",
                          tern.v1.HistoryVisibility.HISTORY_VISIBILITY_START,
                          List.of()))))
          .isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    }
  }

  @Test
  void aKeyThatAUserGivesIsTheirsAlone() {
    try (TestClient ann = node.connect("ann-keyed");
        TestClient ben = node.connect("ben-keyed")) {
      ClientFrame.Builder create = OpenRequests.create(true);
      create.getCreateOpenBuilder().setKey("matinee");
      String first = room(ann, create);

      assertThat(room(ben, create)).isNotEqualTo(first);
      assertThat(room(ann, create)).isEqualTo(first);
    }
  }

  @Test
  void usersCreateOnlyWhereTheyAreLet() {
    try (TestNode strict = TestNode.start();
        TestClient ann = strict.connect("ann")) {
      assertThat(refusal(ann.ask(OpenRequests.create(true))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }
}
