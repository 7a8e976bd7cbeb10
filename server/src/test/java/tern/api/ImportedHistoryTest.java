// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.Past.said;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;
import tern.store.DatabaseConfig;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.InboxList;
import tern.v1.Message;
import tern.v1.SearchPage;

/// What was imported is a message like any other, and news to nobody.
@Tag("slow")
final class ImportedHistoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = backend(NODE, "all");

  private static RestClient backend(TestNode node, String name) {
    try (Database database = new Database(node.database())) {
      String key = new ApiKeys(database).create(name, EnumSet.allOf(Scope.class));
      return RestClient.of(node).with("Authorization", "Bearer " + key);
    }
  }

  private static List<InboxEntry> list(TestClient reader) {
    return reader.ask(Requests.inbox(100)).getInboxPage().getEntriesList();
  }

  private static InboxEntry entry(TestClient reader, String room) {
    return list(reader).stream()
        .filter(it -> it.getConversation().getConversationId().equals(room))
        .findFirst()
        .orElseThrow();
  }

  private static List<Message> history(TestClient reader, String room) {
    return reader.ask(Requests.before(room, 0, 100)).getHistoryPage().getMessagesList();
  }

  @Test
  void nobodyHasUnreadMessagesOfAnImport() {
    try (TestClient alice = NODE.connect("alice1");
        TestClient bob = NODE.connect("bob1")) {
      String room = alice.createGroup("team", "bob1");

      Past.imported(BACKEND, room, Past.conversation(30, "alice1", "carol1"));

      assertThat(entry(alice, room).getUnread()).isZero();
      assertThat(entry(bob, room).getUnread()).isZero();
      assertThat(SQL.read(room, "bob1")).isEqualTo(30);
      alice.say(room, "new");
      assertThat(entry(bob, room).getUnread()).isEqualTo(1);
      bob.ask(Requests.markRead(room, 31));
      bob.ask(PersonalRequests.markUnread(room, 28));
      assertThat(entry(bob, room).getUnread()).isEqualTo(4);
    }
  }

  @Test
  void whoHadSomethingUnreadKeepsItAndWhatFollows() {
    try (TestClient alice = NODE.connect("alice2");
        TestClient bob = NODE.connect("bob2")) {
      String room = alice.createGroup("team", "bob2", "carol2");
      Past.imported(BACKEND, room, said("alice2", 0, "one"));
      bob.ask(PersonalRequests.markUnread(room, 1));

      Past.imported(BACKEND, room, said("alice2", 1, "two"), said("alice2", 2, "three"));

      assertThat(entry(bob, room).getUnread()).isEqualTo(3);
      assertThat(SQL.read(room, "carol2")).isEqualTo(3);
      Past.imported(BACKEND, room, said("bob2", 3, "four"));
      assertThat(entry(bob, room).getUnread()).isZero();
    }
  }

  @Test
  void withoutReadEverybodyHasReadWhatTheySentThemselves() {
    try (TestClient alice = NODE.connect("alice3");
        TestClient bob = NODE.connect("bob3")) {
      String room = alice.createGroup("team", "bob3", "carol3");
      JsonObject batch = Past.batch(Past.conversation(10, "alice3", "bob3", "dave3"));

      assertThat(Past.ask(BACKEND, room, batch.put("read", false)).statusCode()).isEqualTo(200);

      assertThat(entry(alice, room).getUnread()).isZero();
      assertThat(entry(bob, room).getUnread()).isEqualTo(2);
      assertThat(SQL.read(room, "carol3")).isZero();
      RestClient asCarol = BACKEND.with("Tern-User", "carol3");
      asCarol.post("/v1/conversations/" + room + "/read", new JsonObject().put("sequence", 7));
      JsonObject inbox = json(asCarol.get("/v1/inbox"));
      assertThat(inbox.getJsonArray("entries").getJsonObject(0).getInteger("unread")).isEqualTo(3);
    }
  }

  @Test
  void aConversationStandsInTheListAtTheTimeOfItsLastMessage() {
    try (TestClient alice = NODE.connect("alice4")) {
      String newest = alice.createGroup("newest", "bob4");
      String oldest = alice.createGroup("oldest", "bob4");
      String middle = alice.createGroup("middle", "bob4");
      String cursor = alice.ask(Requests.inbox(10)).getInboxPage().getCursor();

      Past.imported(BACKEND, newest, said("bob4", 90_000_000, "of the third day"));
      Past.imported(BACKEND, oldest, said("bob4", 0, "of the first"));
      Past.imported(
          BACKEND, middle, said("bob4", 1, "begin"), said("bob4", 80_000_000, "of the second"));

      assertThat(list(alice))
          .extracting(it -> it.getConversation().getConversationId())
          .containsExactly(newest, middle, oldest);
      assertThat(list(alice))
          .extracting(it -> TestClient.text(it.getLastMessage()))
          .containsExactly("of the third day", "of the second", "of the first");
      assertThat(alice.ask(Requests.inboxSince(cursor, 10)).getInboxPage().getEntriesList())
          .hasSize(3);
      assertThat(pages(alice)).containsExactly(newest, middle, oldest);
      alice.say(oldest, "now");
      assertThat(list(alice).getFirst().getConversation().getConversationId()).isEqualTo(oldest);
    }
  }

  // The list, read an entry a page.
  private static List<String> pages(TestClient reader) {
    List<String> read = new ArrayList<>();
    var page = reader.ask(Requests.inbox(1)).getInboxPage();
    while (page.getEntriesCount() > 0) {
      read.add(page.getEntries(0).getConversation().getConversationId());
      if (page.getNextPage().isEmpty()) {
        break;
      }
      page = reader.ask(Requests.inboxPage(page.getNextPage(), 1)).getInboxPage();
    }
    return read;
  }

  @Test
  void whatIsArchivedUntilTheNextMessageStaysSo() {
    try (TestClient alice = NODE.connect("alice5")) {
      String room = alice.createGroup("team", "bob5");
      alice.ask(PersonalRequests.archiveUntilMessage(room));

      Past.imported(BACKEND, room, Past.conversation(3, "bob5"));

      assertThat(list(alice)).isEmpty();
      assertThat(
              alice
                  .ask(PersonalRequests.list(InboxList.INBOX_LIST_ARCHIVED, 10))
                  .getInboxPage()
                  .getEntriesList())
          .hasSize(1);
    }
  }

  @Test
  void whoHasTheConversationOpenCatchesUpWithoutAGap() {
    try (TestClient alice = NODE.connect("alice6");
        TestClient bob = NODE.connect("bob6")) {
      String room = alice.createGroup("team", "bob6");
      long revision = bob.catchUp(room, null).getLast().getChanges().getThrough();

      Past.imported(BACKEND, room, Past.conversation(250, "alice6", "bob6"));
      Changes live = bob.awaitChanges();

      assertThat(live.getThrough()).isEqualTo(revision + 250);
      assertThat(live.getAfter()).as("a gap that a client sees").isGreaterThan(revision);
      List<CatchUpPage> pages = bob.catchUp(room, bob.position(revision, 0));
      assertThat(pages).noneMatch(CatchUpPage::hasReset);
      assertThat(pages.stream().flatMap(it -> it.getChanges().getMessagesList().stream()))
          .extracting(Message::getRevision)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(revision + 1, revision + 250).boxed().toList());
      Past.imported(BACKEND, room, said("alice6", 300_000, "one more"));
      Changes next = bob.awaitChanges();
      assertThat(next.getAfter()).isEqualTo(live.getThrough());
      assertThat(next.getMessages(0).getCreatedAtMs()).isEqualTo(Past.BEGAN_MS + 300_000);
    }
  }

  @Test
  void importsAndSendsAtOnceTakeNumbersWithoutGaps() {
    try (TestClient alice = NODE.connect("alice7");
        TestClient bob = NODE.connect("bob7")) {
      String room = alice.createGroup("team", "bob7");
      List<JsonObject> past = Past.conversation(400, "alice7", "carol7");
      List<Integer> ids =
          IntStream.range(0, 20)
              .mapToObj(i -> bob.send(TestClient.message(room, "live " + i, UUID.randomUUID())))
              .toList();

      List<HttpResponse<String>> answers =
          IntStream.range(0, 8)
              .mapToObj(i -> past.subList(i * 50, i * 50 + 50))
              .map(it -> Past.ask(BACKEND, room, Past.batch(it)))
              .toList();

      ids.forEach(id -> assertThat(bob.await(it -> it.getId() == id).hasAccepted()).isTrue());
      // Whatever came behind what is said here was refused as a whole.
      long imported = answers.stream().filter(it -> it.statusCode() == 200).count() * 50;
      assertThat(answers).allMatch(it -> it.statusCode() == 200 || it.statusCode() == 409);
      assertThat(SQL.numbers("select sequence from message where conversation_id = ?::uuid", room))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, imported + 20).boxed().toList());
      assertThat(SQL.numbers("select revision from message where conversation_id = ?::uuid", room))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(2, imported + 21).boxed().toList());
    }
  }

  @Test
  void itsWordsAreFound() {
    try (TestClient alice = NODE.connect("alice8")) {
      String room = alice.createGroup("team", "bob8");

      Past.imported(BACKEND, room, said("bob8", 0, "a pelican"), said("bob8", 1, "a gull"));

      Eventually.holds("found", PATIENCE, () -> found(alice, "pelican").getHitsCount() == 1);
      assertThat(found(alice, "pelican").getHits(0).getSequence()).isEqualTo(1);
    }
  }

  private static SearchPage found(TestClient reader, String word) {
    return reader.ask(Requests.search(word)).getSearchPage();
  }

  @Test
  void anExportHoldsItAndAnErasureTakesItForGood() {
    try (TestClient alice = NODE.connect("alice9")) {
      String room = alice.createGroup("team", "bob9");
      JsonObject secret = said("bob9", 0, "canary 9");
      JsonObject outside = said("outsider9", 2, "from outside");
      Past.imported(BACKEND, room, secret, said("alice9", 1, "mine"), outside);
      assertThat(BACKEND.get("/v1/users/bob9/export").body()).contains("canary 9");
      assertThat(BACKEND.get("/v1/users/outsider9/export").body()).contains("from outside");

      erase("bob9");

      assertThat(history(alice, room)).extracting(TestClient::text).startsWith("", "mine");
      String other = alice.createGroup("another");
      HttpResponse<String> again =
          Past.ask(BACKEND, other, Past.batch(List.of(said("alice9", 0, "me"), secret)));
      assertThat(again.statusCode()).as(again.body()).isEqualTo(403);
      assertThat(json(again).getString("detail")).contains("body/messages/1: senderId");
      assertThat(history(alice, other)).isEmpty();
    }
  }

  private static void erase(String user) {
    JsonObject asked = new JsonObject().put("messages", "delete");
    String id = json(BACKEND.post("/v1/users/" + user + "/erase", asked)).getString("erasureId");
    Eventually.holds(
        "erased",
        Duration.ofSeconds(30),
        () -> !json(BACKEND.get("/v1/erasures/" + id)).getString("endedAtMs").equals("0"));
  }

  @Test
  void retentionLetsItGoByItsOwnTimes() {
    try (TestClient alice = NODE.connect("alice10")) {
      String room = alice.createGroup("team", "bob10");
      long hourAgo = System.currentTimeMillis() - 3_600_000 - Past.BEGAN_MS;
      Past.imported(BACKEND, room, said("bob10", 0, "old"), said("bob10", hourAgo, "young"));

      BACKEND.ask("PUT", "/v1/conversations/" + room + "/retention", "{\"seconds\": 86400}");

      assertThat(SQL.number("select let_go_v1(?::uuid, array[0,0,0,0,0], 100)", room)).isOne();
      assertThat(history(alice, room)).extracting(TestClient::text).containsExactly("young");
    }
  }

  @Test
  void itIsReactedToAndDeletedAndTooOldToBeEdited() {
    try (TestClient bob = NODE.connect("bob11")) {
      String room = bob.createGroup("team", "alice11");
      Past.imported(BACKEND, room, Past.conversation(2, "bob11"));

      assertThat(bob.ask(Requests.react(room, 1, "👍")).hasError()).isFalse();
      assertThat(bob.ask(Requests.edit(room, 1, UUID.randomUUID(), "new")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(bob.ask(Requests.delete(room, 1)).hasError()).isFalse();

      assertThat(history(bob, room)).extracting(TestClient::text).containsExactly("", "text 1");
    }
  }

  @Test
  void itStandsAfterARestartAndIsKnownThen() {
    TestNode first = TestNode.start();
    DatabaseConfig database = first.database();
    List<JsonObject> past = Past.conversation(20, "alice", "bob");
    String room;
    try (first;
        TestClient alice = first.connect("alice")) {
      room = alice.createGroup("team", "bob");
      Past.imported(backend(first, "one"), room, past);
    }

    try (TestNode node = TestNode.start(database, Map.of());
        TestClient alice = node.connect("alice")) {
      JsonObject again = Past.imported(backend(node, "two"), room, past);

      assertThat(again.getInteger("duplicates")).isEqualTo(20);
      assertThat(history(alice, room)).hasSize(20);
      assertThat(entry(alice, room).getUnread()).isZero();
    }
  }
}
