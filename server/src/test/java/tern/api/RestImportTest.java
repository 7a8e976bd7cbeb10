// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.Past.BEGAN_MS;
import static tern.api.Past.said;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.Scope;
import tern.v1.Message;

/// A backend brings along what was said elsewhere: each message once, with its own time, and a
/// batch as a whole or not at all.
@Tag("slow")
final class RestImportTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");

  private static final RestClient BACKEND = with("imports", EnumSet.of(Scope.HISTORY_IMPORT));

  private static RestClient with(String name, EnumSet<Scope> scopes) {
    return RestClient.backend(NODE, name, scopes);
  }

  private static List<Message> history(String room) {
    return ALICE.ask(Requests.after(room, 0, 100)).getHistoryPage().getMessagesList();
  }

  private static long stored(String room) {
    return SQL.number("select count(*) from message where conversation_id = ?::uuid", room);
  }

  @Test
  void messagesKeepTheirOrderTheirSendersAndTheirTimes() {
    String room = ALICE.createGroup("team", "bob");

    JsonObject answer =
        Past.imported(
            BACKEND,
            room,
            said("alice", 0, "one"),
            said("bob", 7, "two"),
            said("bob", 7, "three"),
            said("business", 86_400_123, "four"));

    assertThat(Past.sequences(answer)).containsExactly("1", "2", "3", "4");
    assertThat(answer.getInteger("imported")).isEqualTo(4);
    List<Message> messages = history(room);
    assertThat(messages)
        .extracting(TestClient::text)
        .containsExactly("one", "two", "three", "four");
    assertThat(messages)
        .extracting(Message::getSenderId)
        .containsExactly("alice", "bob", "bob", "business");
    assertThat(messages)
        .extracting(it -> it.getCreatedAtMs() - BEGAN_MS)
        .containsExactly(0L, 7L, 7L, 86_400_123L);
  }

  @Test
  void allThatAMessageHoldsComesAlong() {
    String room = ALICE.createGroup("team", "bob");
    JsonObject question =
        said("bob", 0, "")
            .put(
                "content",
                new JsonObject(
                    "{\"card\": {\"title\": \"Lunch?\", \"buttons\": [{\"id\": \"yes\", \"label\":"
                        + " \"Yes\", \"value\": \"y\"}]}}"))
            .put("metadata", new JsonObject().put("old-id", "m-17"))
            .put("mentions", new JsonObject().put("userIds", new JsonArray().add("alice")));
    JsonObject poll =
        said("alice", 5, "")
            .put(
                "content",
                new JsonObject("{\"custom\": {\"type\": \"poll\", \"json\": \"{\\\"a\\\": 1}\"}}"))
            .put("countable", false)
            .put("replyTo", 1)
            .put("sentAtMs", Long.toString(BEGAN_MS + 5));
    JsonObject answer =
        Past.answering(said("alice", 10, "Yes!"), question).put("editedAtMs", BEGAN_MS + 20);

    Past.imported(BACKEND, room, question, poll, answer);

    List<Message> messages = history(room);
    Message card = messages.get(0);
    assertThat(card.getContent().getCard().getButtons(0).getId()).isEqualTo("yes");
    assertThat(card.getMetadataMap()).containsEntry("old-id", "m-17");
    assertThat(card.getMentions().getUserIdsList()).containsExactly("alice");
    assertThat(messages.get(1).getContent().getCustom().getType()).isEqualTo("poll");
    assertThat(messages.get(1).getCountable()).isFalse();
    assertThat(messages).extracting(Message::getReplyTo).containsExactly(0L, 1L, 1L);
    assertThat(messages.get(2).getEditedAtMs()).isEqualTo(BEGAN_MS + 20);
  }

  @Test
  void anAnswerFindsWhatAnEarlierBatchHasImported() {
    String room = ALICE.createGroup("team", "bob");
    JsonObject question = said("bob", 0, "Lunch?");
    Past.imported(BACKEND, room, question);

    JsonObject answer = Past.answering(said("alice", 1, "Yes"), question);
    Past.imported(BACKEND, room, said("carol", 1, "No"), answer);

    assertThat(history(room)).extracting(Message::getReplyTo).containsExactly(0L, 0L, 1L);
    JsonObject again = Past.imported(BACKEND, room, answer);
    assertThat(Past.duplicates(again)).containsExactly(true);
  }

  @Test
  void whatIsImportedAgainInWholeOrInPartStandsOnce() {
    String room = ALICE.createGroup("team", "bob");
    List<JsonObject> all = Past.conversation(6, "alice", "bob");
    Past.imported(BACKEND, room, all.subList(0, 4));

    JsonObject whole = Past.imported(BACKEND, room, all.subList(0, 4));
    JsonObject part = Past.imported(BACKEND, room, all.subList(2, 6));

    assertThat(whole.getInteger("imported")).isZero();
    assertThat(whole.getInteger("duplicates")).isEqualTo(4);
    assertThat(Past.sequences(part)).containsExactly("3", "4", "5", "6");
    assertThat(Past.duplicates(part)).containsExactly(true, true, false, false);
    assertThat(history(room))
        .extracting(TestClient::text)
        .containsExactly("text 0", "text 1", "text 2", "text 3", "text 4", "text 5");
  }

  @Test
  void equalBatchesAtOnceStoreEachMessageOnce() {
    String room = ALICE.createGroup("team", "bob");
    List<JsonObject> batch = Past.conversation(100, "alice", "bob");

    List<JsonObject> answers =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(_ -> Past.imported(BACKEND, room, batch))
            .toList();

    assertThat(answers.stream().mapToInt(it -> it.getInteger("imported")).sum()).isEqualTo(100);
    assertThat(answers.stream().map(Past::sequences).distinct()).hasSize(1);
    assertThat(
            SQL.numbers(
                "select sequence from message where conversation_id = ?::uuid order by 1", room))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void aMessageThatWasSentHereIsKnownToo() {
    String room = ALICE.createGroup("team", "bob");
    UUID id = UUID.randomUUID();
    ALICE.ask(TestClient.message(room, "hello", id));

    JsonObject answer =
        Past.imported(
            BACKEND, room, said("alice", 0, "hello").put("clientMessageId", id.toString()));

    assertThat(Past.duplicates(answer)).containsExactly(true);
  }

  @Test
  void aBatchMayBeLargerThanOtherBodies() {
    String room = ALICE.createGroup("team", "bob");
    List<JsonObject> large =
        IntStream.range(0, 100).mapToObj(i -> said("bob", i, "x".repeat(8_000))).toList();

    Past.imported(BACKEND, room, large);
    List<JsonObject> tooLarge = new ArrayList<>(large);
    tooLarge.addAll(large);
    HttpResponse<String> refused = Past.ask(BACKEND, room, Past.batch(tooLarge));

    assertThat(stored(room)).isEqualTo(100);
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("1048576");
  }

  @Test
  void onlyAKeyMadeForItImports() {
    String room = ALICE.createGroup("team", "bob");
    JsonObject batch = Past.batch(Past.conversation(1, "alice"));
    RestClient allElse = with("all-else", EnumSet.complementOf(EnumSet.of(Scope.HISTORY_IMPORT)));

    assertThat(Past.ask(allElse.with("Tern-User", "alice"), room, batch).statusCode())
        .isEqualTo(403);
    assertThat(Past.ask(RestClient.of(NODE, "alice"), room, batch).statusCode()).isEqualTo(403);
    assertThat(Past.ask(RestClient.of(NODE), room, batch).statusCode()).isEqualTo(401);
    assertThat(stored(room)).isZero();
  }

  @Test
  void whereThereIsNoConversationThereIsNoPast() {
    HttpResponse<String> answer =
        Past.ask(BACKEND, UUID.randomUUID().toString(), Past.batch(Past.conversation(1, "alice")));

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void whatAKeyImportedIsInTheAudit() {
    String room = ALICE.createGroup("team", "bob");
    RestClient auditor = with("audits", EnumSet.of(Scope.AUDIT_READ));

    Past.imported(BACKEND, room, said("alice", 0, "secret 31"));

    Eventually.holds(
        "audited",
        Duration.ofSeconds(10),
        () -> auditor.get("/v1/audit?limit=100").body().contains(room));
    assertThat(auditor.get("/v1/audit?limit=100").body())
        .contains("importMessages")
        .doesNotContain("secret 31");
  }

  // Each makes of three good messages, the last of which stands, a batch whose second is not good.
  static Stream<Arguments> spoiled() {
    return Stream.of(
        spoiled("no sender", 400, it -> it.remove("senderId")),
        spoiled("a sender's id that is none", 400, it -> it.put("senderId", "no such form!")),
        spoiled("no time", 400, it -> it.remove("sentAtMs")),
        spoiled("a time that is none", 400, it -> it.put("sentAtMs", "yesterday")),
        spoiled("a time of tomorrow", 400, it -> it.put("sentAtMs", tomorrow())),
        spoiled("a time before the first's", 400, it -> it.put("sentAtMs", BEGAN_MS)),
        spoiled("an edit of tomorrow", 400, it -> it.put("editedAtMs", tomorrow())),
        spoiled("an edit before it was sent", 400, it -> it.put("editedAtMs", BEGAN_MS)),
        spoiled("no id", 400, it -> it.remove("clientMessageId")),
        spoiled("an id that is none", 400, it -> it.put("clientMessageId", "m-17")),
        spoiled("no content", 400, it -> it.remove("content")),
        spoiled("an empty text", 400, it -> it.put("content", text(""))),
        spoiled("a kind that only the server writes", 400, it -> it.put("content", system())),
        spoiled("a kind that nobody knows", 422, it -> it.put("content", new JsonObject())),
        spoiled("too long a text", 413, it -> it.put("content", text("x".repeat(17_000)))),
        spoiled("metadata that is too large", 413, it -> it.put("metadata", metadata())),
        spoiled("a mention of nobody", 400, it -> it.put("mentions", mentions("%"))),
        spoiled("an answer to nothing", 400, it -> it.mergeIn(Past.answering(it, other()))),
        spoiled("an answer to what is not said yet", 400, it -> it.put("replyTo", 2)),
        spoiled("an answer to itself", 400, it -> it.mergeIn(Past.answering(it, it))),
        spoiled(
            "two answers", 400, it -> it.mergeIn(Past.answering(it, other())).put("replyTo", 1)));
  }

  private static Arguments spoiled(String how, int status, Consumer<JsonObject> spoil) {
    JsonObject message = said("bob", 2_000, "two");
    spoil.accept(message);
    return Arguments.of(how, status, message);
  }

  private static long tomorrow() {
    return System.currentTimeMillis() + 86_400_000;
  }

  private static JsonObject other() {
    return said("carol", 0, "elsewhere");
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("text", new JsonObject().put("text", text));
  }

  private static JsonObject system() {
    return new JsonObject().put("system", new JsonObject().put("kind", "KIND_RENAMED"));
  }

  private static JsonObject metadata() {
    return new JsonObject().put("a", "x".repeat(3_000));
  }

  private static JsonObject mentions(String user) {
    return new JsonObject().put("userIds", new JsonArray().add(user));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoiled")
  void oneThatCannotBeIsNamedAndNothingOfTheBatchIsStored(
      String how, int status, JsonObject spoiled) {
    String room = ALICE.createGroup("team", "bob");

    HttpResponse<String> answer =
        Past.ask(
            BACKEND,
            room,
            Past.batch(
                List.of(said("bob", 1_000, "one"), spoiled, said("bob", 3_000_000, "three"))));

    assertThat(answer.statusCode()).as(how + ": " + answer.body()).isEqualTo(status);
    assertThat(json(answer).getString("detail")).contains("body/messages/1").contains(": ");
    assertThat(answer.body()).doesNotContain("xxxx");
    assertThat(stored(room)).isZero();
  }

  @Test
  void anIdTwiceInABatchOrOfOtherContentIsRefused() {
    String room = ALICE.createGroup("team", "bob");
    JsonObject one = said("bob", 0, "one");
    JsonObject two = said("bob", 1, "two");
    Past.imported(BACKEND, room, one);

    HttpResponse<String> twice = Past.ask(BACKEND, room, Past.batch(List.of(one, two, two)));
    HttpResponse<String> other =
        Past.ask(BACKEND, room, Past.batch(List.of(one.copy().put("content", text("other")), two)));

    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(json(twice).getString("detail")).contains("body/messages/2: clientMessageId");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).getString("detail")).contains("body/messages/0: clientMessageId");
    assertThat(stored(room)).isEqualTo(1);
  }

  @Test
  void historyComesBeforeWhatIsSaidHere() {
    String room = ALICE.createGroup("team", "bob");
    Past.imported(BACKEND, room, said("bob", 0, "long ago"));
    ALICE.say(room, "now");

    HttpResponse<String> late =
        Past.ask(BACKEND, room, Past.batch(List.of(said("bob", 1, "late"))));

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(json(late).getString("detail")).contains("body/messages/0").contains("newest");
    assertThat(history(room)).extracting(TestClient::text).containsExactly("long ago", "now");
    assertThat(history(room)).isSortedAccordingTo(RestImportTest::byTime);
  }

  private static int byTime(Message one, Message other) {
    return Long.compare(one.getCreatedAtMs(), other.getCreatedAtMs());
  }
}
