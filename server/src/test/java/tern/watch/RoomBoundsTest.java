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
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// What an OPEN conversation keeps of those who are no members of it has bounds.
@Tag("slow")
final class RoomBoundsTest {
  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose private static final TestSql sql = TestSql.of(node);
  @AutoClose private static final TestClient owner = node.connect("owner");

  private static String room(WatchAccess access) {
    return owner
        .ask(OpenRequests.create(WatchRules.newBuilder().setAccess(access)))
        .getConversationOpened()
        .getConversation()
        .getConversationId();
  }

  private static ErrorCode refusal(ServerFrame answer) {
    return answer.getError().getCode();
  }

  private static long rows(String room) {
    return sql.number(
        "select count(*) from watcher where conversation_id = ?", UUID.fromString(room));
  }

  @Test
  void onlySoManyStrangersAreMutedAndThoseWhoseMuteHasEndedAreForgotten() {
    String room = room(WatchAccess.WATCH_ACCESS_PUBLIC);
    sql.run(
        "insert into watcher (conversation_id, user_id, muted_until)"
            + " select ?, 'muted' || n, 'infinity' from generate_series(1, 10000) n",
        UUID.fromString(room));

    ServerFrame beyond = owner.ask(Requests.mute(room, "one-more", 0));
    ServerFrame again = owner.ask(Requests.mute(room, "muted1", 0));
    sql.run("update watcher set muted_until = now() where user_id = 'muted2'");
    ServerFrame inTheirPlace = owner.ask(Requests.mute(room, "one-more", 0));

    assertThat(refusal(beyond)).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
    assertThat(again.hasMembersChanged()).isTrue();
    assertThat(inTheirPlace.hasMembersChanged()).isTrue();
    assertThat(rows(room)).isEqualTo(10_000);
  }

  @Test
  void onlySoManyAreBanned() {
    String room = room(WatchAccess.WATCH_ACCESS_PUBLIC);
    sql.run(
        "insert into ban select ?, 'banned' || n, 'owner', now(), 'infinity'"
            + " from generate_series(1, 10000) n",
        UUID.fromString(room));

    ServerFrame beyond = owner.ask(Requests.ban(room, "one-more", 0));
    ServerFrame again = owner.ask(Requests.ban(room, "banned1", 0));
    sql.run("update ban set until = now() where user_id = 'banned2'");
    ServerFrame inTheirPlace = owner.ask(Requests.ban(room, "one-more", 0));

    assertThat(refusal(beyond)).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
    assertThat(again.hasMembersChanged()).isTrue();
    assertThat(inTheirPlace.hasMembersChanged()).isTrue();
  }

  @Test
  void whoWasTakenOffTheListCountsForAnHourAndIsForgottenThen() {
    String room = room(WatchAccess.WATCH_ACCESS_LIST);
    sql.run(
        "insert into watcher (conversation_id, user_id, unlisted_at)"
            + " select ?, 'gone' || n, now() from generate_series(1, 100000) n",
        UUID.fromString(room));

    ServerFrame beyond = owner.ask(OpenRequests.list(room, List.of("ann")));
    sql.run("update watcher set unlisted_at = now() - interval '61 minutes'");
    ServerFrame later = owner.ask(OpenRequests.list(room, List.of("ann")));

    assertThat(refusal(beyond)).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
    assertThat(later.getWatchListChanged().getAdded()).isEqualTo(1);
    assertThat(rows(room)).isEqualTo(1);
  }

  @Test
  void aStrangerWhoHasSpokenIsKeptWhenTheirMuteHasEnded() {
    String room = room(WatchAccess.WATCH_ACCESS_PUBLIC);
    owner.ask(OpenRequests.letWatchersPost(room, true));
    try (TestClient ann = node.connect("ann")) {
      ann.say(room, "to be erased some day");
    }
    owner.ask(Requests.mute(room, "ann", 0));
    sql.run("update watcher set muted_until = now() where user_id = 'ann'");

    owner.ask(Requests.mute(room, "ben", 0));

    assertThat(rows(room)).isEqualTo(2);
  }
}
