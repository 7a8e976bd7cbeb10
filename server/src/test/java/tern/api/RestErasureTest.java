// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import ch.qos.logback.classic.Level;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.CapturedLog;
import tern.Eventually;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.Traces;
import tern.UnrulyClient;
import tern.session.CloseCode;
import tern.store.Database;
import tern.store.DatabaseConfig;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.HistoryVisibility;
import tern.v1.Member;
import tern.v1.Mentions;
import tern.v1.Message;
import tern.v1.Reset;
import tern.v1.Role;
import tern.v1.ServerFrame;

/// A user whom the backend has erased is nowhere any more, and what others have is still theirs.
@Tag("slow")
final class RestErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static final List<String> PLACES =
      List.of(
          "member",
          "message",
          "message_edit",
          "relation",
          "report",
          "reaction_count",
          "flagged_message",
          "ban",
          "invitation",
          "revoked_user",
          "last_seen",
          "profile",
          "api_audit",
          "api_idempotency",
          "direct_pair",
          "conversation_key",
          "button_press");

  private static String request(String user, String messages) {
    HttpResponse<String> answer =
        BACKEND.post("/v1/users/" + user + "/erase", new JsonObject().put("messages", messages));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).getString("erasureId");
  }

  // The report, once it has ended.
  private static JsonObject ended(String erasure) {
    Eventually.holds(
        "erased",
        PATIENCE,
        () -> !json(BACKEND.get("/v1/erasures/" + erasure)).getString("endedAtMs").equals("0"));
    return json(BACKEND.get("/v1/erasures/" + erasure));
  }

  private static JsonObject erase(String user, String messages) {
    return ended(request(user, messages));
  }

  private static List<Message> history(TestClient reader, String room) {
    return reader.ask(Requests.before(room, 0, 100)).getHistoryPage().getMessagesList();
  }

  private static ClientFrame.Builder mentioning(String room, String text, String user) {
    ClientFrame.Builder message = TestClient.message(room, text, UUID.randomUUID());
    message.getSendMessageBuilder().setMentions(Mentions.newBuilder().addUserIds(user));
    return message;
  }

  // Whatever a user can leave behind, and others can about them. Returns a group of his and bob's.
  private static String leaveTracesEverywhere(String user, String bob, String text) {
    String room;
    try (TestClient self = NODE.connect(user);
        TestClient other = NODE.connect(bob)) {
      self.ask(PersonRequests.name(text));
      self.ask(PersonRequests.invisible(false));
      self.ask(PersonRequests.block("enemy"));
      other.ask(PersonRequests.mute(user));
      room =
          self.createGroup("team", HistoryVisibility.HISTORY_VISIBILITY_START, List.of(bob, "eve"));
      String direct = self.openDirect(bob);
      self.say(direct, text);
      self.say(direct, "what others hand on");
      long first = self.say(room, text).getSequence();
      self.ask(Requests.edit(room, first, UUID.randomUUID(), text + " again"));
      self.ask(Requests.pin(room, first));
      long card = self.ask(PersonalRequests.card(room, text)).getAccepted().getSequence();
      self.ask(PersonalRequests.press(room, card, text, UUID.randomUUID()));
      self.ask(PersonalRequests.draft(room, text));
      self.ask(PersonalRequests.invite(room, 1));
      self.ask(Requests.ban(room, "eve", 0));
      self.ask(Requests.setRole(room, bob, Role.ROLE_MODERATOR));
      long others = other.say(room, "what bob says").getSequence();
      self.ask(Requests.react(room, others, "👍"));
      long unwanted = other.say(room, "what bob regrets").getSequence();
      self.ask(Requests.delete(room, unwanted));
      other.ask(mentioning(room, "look here", user));
      long edited = other.ask(mentioning(room, "look there", user)).getAccepted().getSequence();
      other.ask(Requests.edit(room, edited, UUID.randomUUID(), "look away"));
      String foreign = other.createGroup("elsewhere");
      other.ask(PersonalRequests.forward(direct, 2, true, Map.of(foreign, UUID.randomUUID())));
      other.ask(PersonRequests.report(UUID.randomUUID(), user));
      other.ask(PersonRequests.report(UUID.randomUUID(), room, first));
      self.ask(PersonRequests.report(UUID.randomUUID(), room, others));
    }
    leaveTracesByOthers(user, bob);
    KeptAnswers.leave(BACKEND, SQL, List.of(user, bob), text, room);
    return room;
  }

  private static void leaveTracesByOthers(String user, String bob) {
    SQL.run(
        """
        insert into flagged_message (conversation_id, sender, client_message_id, rule_ids, at)
        select conversation_id, sender, client_message_id, array['a-rule'], now() from message
        where sender = ? limit 1
        """,
        user);
    SQL.run("insert into ban values (gen_random_uuid(), ?, 'owner', now(), 'infinity')", user);
    SQL.run("insert into conversation_key values ('a-key', gen_random_uuid(), ?)", user);
    SQL.run("insert into revoked_user values (?, 'tablet', '2020-01-01', now())", user);
    BACKEND.with("Tern-User", user).with("Idempotency-Key", "a").group(bob);
    BACKEND.with("Tern-User", bob).with("Idempotency-Key", "b").group(user);
  }

  private static void assertGone(String user, String text) {
    Eventually.holds("the audit is written", PATIENCE, () -> Traces.inTables(NODE, user).isEmpty());
    assertThat(Traces.inTables(NODE, text)).isEmpty();
    assertThat(Traces.metrics(NODE)).contains("tern_").doesNotContain(user, text);
    assertThat(BACKEND.get("/v1/users/bob1/export").body())
        .contains("what bob says")
        .doesNotContain(user, text);
    assertThat(BACKEND.get("/v1/users/" + user + "/export").body()).doesNotContain(text);
  }

  @Test
  void nothingIsLeftInAnyTableLogOrMeter() {
    String user = "canary-user-1";
    String text = "canarytext1";
    String proof;
    try (CapturedLog debug = CapturedLog.from(Level.DEBUG)) {
      leaveTracesEverywhere(user, "bob1", text);
      assertThat(debug.text()).doesNotContain(text);
    }
    Eventually.holds(
        "they stand everywhere",
        PATIENCE,
        () -> Traces.inTables(NODE, user).keySet().containsAll(PLACES));
    try (CapturedLog log = CapturedLog.from(Level.INFO)) {
      JsonObject report = erase(user, "delete");
      proof = report.encode();

      assertThat(log.text()).contains("a user is erased").doesNotContain(user, text);
      assertThat(report.getJsonArray("places"))
          .allSatisfy(it -> assertThat(((JsonObject) it).getString("remaining")).isEqualTo("0"))
          .anySatisfy(
              it -> {
                assertThat(((JsonObject) it).getString("place")).isEqualTo("message");
                assertThat(Long.parseLong(((JsonObject) it).getString("erased")))
                    .isGreaterThanOrEqualTo(3);
              });
    }
    assertGone(user, text);
    assertThat(proof).doesNotContain(user, text);
  }

  @Test
  void theOthersAreToldAndStartAnew() {
    try (TestClient owner = NODE.connect("owner2");
        TestClient bob = NODE.connect("bob2")) {
      String room =
          owner.createGroup("team", HistoryVisibility.HISTORY_VISIBILITY_START, List.of("bob2"));
      owner.say(room, "of the owner");
      bob.say(room, "of bob");
      CatchUpPage before = bob.catchUp(room, null).getLast();

      erase("owner2", "delete");
      assertThat(owner.awaitClose()).isEqualTo(CloseCode.BARRED.number());

      CatchUpPage page =
          bob.catchUp(
                  room,
                  bob.position(before.getChanges().getThrough(), before.getChanges().getSequence()))
              .getFirst();
      assertThat(page.getReset().getReason()).isEqualTo(Reset.Reason.REASON_BEFORE_FIRST);
      assertThat(page.getChanges().getMembersList())
          .extracting(Member::getUserId)
          .containsExactly("bob2");
      assertThat(page.getChanges().getMembers(0).getRole()).isEqualTo(Role.ROLE_OWNER);
      Message gone =
          page.getChanges().getMessagesList().stream()
              .filter(it -> it.getDeletedAtMs() > 0)
              .findFirst()
              .orElseThrow();
      assertThat(gone.getSenderId()).startsWith("erased-").isEqualTo(gone.getDeletedById());
      assertThat(gone.hasContent()).isFalse();
      assertThat(history(bob, room)).anyMatch(it -> TestClient.text(it).equals("of bob"));
    }
  }

  @Test
  void whatIsKeptIsThePseudonymsAndIsFoundAsBefore() {
    try (TestClient alice = NODE.connect("alice3");
        TestClient bob = NODE.connect("bob3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "keepsake");
      bob.ask(mentioning(room, "remembrance", "alice3"));
      Eventually.holds(
          "indexed",
          PATIENCE,
          () -> SQL.number("select count(*) from search_entry where sender like '%3'") >= 2);

      erase("alice3", "anonymise");

      Message kept = history(bob, room).getFirst();
      assertThat(TestClient.text(kept)).isEqualTo("keepsake");
      assertThat(kept.getSenderId()).startsWith("erased-");
      assertThat(history(bob, room).get(1).getMentions().getUserIds(0))
          .isEqualTo(kept.getSenderId());
      assertThat(bob.ask(Requests.search("keepsake")).getSearchPage().getHitsCount()).isEqualTo(1);
      assertThat(bob.ask(Requests.search("remembrance")).getSearchPage().getHitsCount())
          .isEqualTo(1);
      assertThat(bob.ask(TestClient.message(room, "hello?", UUID.randomUUID())).hasError())
          .isTrue();
      assertThat(bob.openDirect("alice3")).isNotEqualTo(room);
    }
  }

  @Test
  void tokensFromBeforeAreVoidAndALaterOneBeginsAnew() {
    Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-5));
    String old = NODE.token("alice4", Duration.ofMinutes(5), earlier);
    String room = RestClient.of(NODE, "alice4").group("bob4");

    erase("alice4", "delete");

    RestClient stale = RestClient.of(NODE).with("Authorization", "Bearer " + old);
    assertThat(stale.get("/v1/inbox").statusCode()).isEqualTo(401);
    try (TestClient client = TestClient.open(NODE)) {
      client.send(UnrulyClient.hello(old, "phone", "main").toBuilder());
      assertThat(client.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(2));
    RestClient anew =
        RestClient.of(NODE)
            .with("Authorization", "Bearer " + NODE.token("alice4", Duration.ofMinutes(5), later));
    assertThat(anew.get("/v1/conversations/" + room).statusCode()).isEqualTo(404);
    assertThat(anew.get("/v1/inbox").statusCode()).isEqualTo(200);
  }

  @Test
  void oneThatIsAskedForTwiceGoesOnAsTheFirst() {
    String first = request("alice5", "anonymise");
    String second = request("alice5", "delete");

    assertThat(second).isEqualTo(first);
    assertThat(ended(first).getString("messages")).isEqualTo("anonymise");
    assertThat(BACKEND.get("/v1/erasures/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
  }

  @Test
  void whatACrashHasLeftIsErasedByTheNextLife() {
    String room;
    DatabaseConfig database;
    UUID erasure = UUID.randomUUID();
    try (TestNode first = TestNode.start();
        TestClient alice = first.connect("alice6")) {
      database = first.database();
      room = alice.openDirect("bob6");
      for (int i = 0; i < 20; i++) {
        alice.say(room, "said");
      }
    }
    try (Database store = new Database(database)) {
      store.text("select request_erasure_v2('" + erasure + "', 'alice6', 'erased-x', false)::text");
      store.text("select erase_messages_v1('" + erasure + "', '" + room + "', 3)::text");
    }

    try (TestNode second = TestNode.start(database, Map.of());
        TestSql sql = TestSql.of(second);
        TestClient bob = second.connect("bob6")) {
      Eventually.holds(
          "ended",
          PATIENCE,
          () -> sql.number("select count(*) from erasure where ended_at is not null") == 1);
      assertThat(history(bob, room)).hasSize(20).allMatch(it -> it.getDeletedAtMs() > 0);
      assertThat(Traces.inTables(second, "alice6")).isEmpty();
    }
  }

  // An erasure takes two revisions, of which those who watch are told the second alone: they have
  // missed one, and are given a page.
  @Test
  void thoseWhoWatchGoOnAfterAnErasure() {
    String user = "seen-by-many";
    List<TestClient> many = Stream.of("w1", "w2", "w3").map(NODE::connect).toList();
    try (TestClient host = NODE.connect("host")) {
      String room =
          json(BACKEND
                  .with("Tern-User", "host")
                  .post(
                      "/v1/conversations/open",
                      new JsonObject()
                          .put("name", "live")
                          .put("userIds", List.of(user))
                          .put("watching", new JsonObject().put("access", "WATCH_ACCESS_PUBLIC"))))
              .getJsonObject("conversation")
              .getString("conversationId");
      many.forEach(one -> one.ask(OpenRequests.watch(room)));

      erase(user, "delete");
      long sequence = host.say(room, "on we go").getSequence();

      for (TestClient one : many) {
        ServerFrame last =
            one.await(
                it ->
                    changes(it).getMessagesList().stream()
                        .anyMatch(message -> message.getSequence() == sequence));
        assertThat(last.hasEnvelope() || last.hasCatchUpPage()).isTrue();
      }
    } finally {
      many.forEach(TestClient::close);
    }
  }

  @Test
  void anErasureEndsOfOneWhoOnlyStandsOnAList() {
    RestClient host = BACKEND.with("Tern-User", "host2");
    String room =
        json(host.post(
                "/v1/conversations/open",
                new JsonObject()
                    .put("name", "invited")
                    .put("watching", new JsonObject().put("access", "WATCH_ACCESS_LIST"))))
            .getJsonObject("conversation")
            .getString("conversationId");
    host.post(
        "/v1/conversations/" + room + "/watch-list",
        new JsonObject().put("addUserIds", List.of("only-listed")));

    erase("only-listed", "delete");

    assertThat(SQL.number("select count(*) from watcher where user_id = ?", "only-listed"))
        .isZero();
  }

  private static Changes changes(ServerFrame frame) {
    return frame.hasCatchUpPage()
        ? frame.getCatchUpPage().getChanges()
        : frame.getEnvelope().getChanges();
  }
}
