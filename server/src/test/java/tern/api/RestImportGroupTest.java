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
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.auth.key.Scope;
import tern.store.Database;
import tern.v1.InboxEntry;

/// A backend brings a group along as it was elsewhere.
@Tag("slow")
final class RestImportGroupTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static final RestClient BACKEND = with("imports", EnumSet.of(Scope.HISTORY_IMPORT));

  private static RestClient with(String name, EnumSet<Scope> scopes) {
    return RestClient.backend(NODE, name, scopes);
  }

  private static JsonObject group(String key, long afterMs, String owner, String... others) {
    JsonArray members = new JsonArray().add(member(owner, "ROLE_OWNER"));
    Stream.of(others).forEach(it -> members.add(new JsonObject().put("userId", it)));
    return new JsonObject()
        .put("key", key)
        .put("name", "team " + key)
        .put("createdAtMs", BEGAN_MS + afterMs)
        .put("members", members);
  }

  private static JsonObject member(String user, String role) {
    return new JsonObject().put("userId", user).put("role", role);
  }

  private static HttpResponse<String> ask(JsonObject group) {
    return BACKEND.post("/v1/conversations/import", group);
  }

  private static String imported(JsonObject group) {
    HttpResponse<String> answer = ask(group);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).getJsonObject("conversation").getString("conversationId");
  }

  @Test
  void itKeepsItsTimeItsMembersAndTheirRoles() {
    JsonObject given = group("one", 5, "alice1", "bob1");
    given.getJsonArray("members").add(member("carol1", "ROLE_MODERATOR"));

    JsonObject answer = json(ask(given));

    assertThat(answer.getJsonObject("conversation").getString("createdAtMs"))
        .isEqualTo(Long.toString(BEGAN_MS + 5));
    assertThat(answer.getJsonArray("members").stream().map(JsonObject.class::cast))
        .extracting(it -> it.getString("userId") + " " + it.getString("role"))
        .containsExactly("alice1 ROLE_OWNER", "bob1 ROLE_MEMBER", "carol1 ROLE_MODERATOR");
    assertThat(answer.getString("sequence")).as("no message tells of it").isEqualTo("0");
  }

  // Each as no default is.
  private static JsonObject settings() {
    return new JsonObject()
        .put("imageUrl", "https://example.com/birds.png")
        .put("postRole", "ROLE_MODERATOR")
        .put("addRole", "ROLE_MEMBER")
        .put("settingsRole", "ROLE_OWNER")
        .put("pinRole", "ROLE_MEMBER")
        .put("removeRole", "ROLE_OWNER")
        .put("deleteRole", "ROLE_MEMBER")
        .put("frozen", true)
        .put("slowModeSeconds", 86_400)
        .put("joinableByKey", true);
  }

  @Test
  void itKeepsItsSettings() {
    JsonObject metadata = new JsonObject().put("order", "1234");
    JsonObject given = group("eight", 0, "alice8").mergeIn(settings());
    given.put("metadata", new JsonObject().put("entries", metadata));

    JsonObject answer = json(ask(given));

    JsonObject conversation = answer.getJsonObject("conversation");
    settings()
        .forEach(it -> assertThat(conversation.getValue(it.getKey())).isEqualTo(it.getValue()));
    assertThat(conversation.getJsonObject("metadata")).isEqualTo(metadata);
    assertThat(conversation.getString("name")).isEqualTo("team eight");
  }

  @Test
  void whoWasErasedSinceIsLeftOut() {
    var _ =
        DATABASE.run(
            connection -> {
              try (var insert = connection.createStatement()) {
                return insert.executeUpdate(
                    "insert into erased_user (user_hash, erased_at)"
                        + " values (erased_hash_v1('bob9'), clock_timestamp())");
              }
            });

    JsonObject answer = json(ask(group("nine", 0, "alice9", "bob9", "carol9")));

    assertThat(answer.getJsonArray("members").stream().map(JsonObject.class::cast))
        .extracting(it -> it.getString("userId"))
        .containsExactly("alice9", "carol9");
  }

  @Test
  void itsKeyTellsARepeat() {
    JsonObject given = group("two", 0, "alice2", "bob2");
    String id = imported(given);

    HttpResponse<String> again = ask(given.copy().put("name", "another"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).getBoolean("created")).isFalse();
    JsonObject conversation = json(again).getJsonObject("conversation");
    assertThat(conversation.getString("conversationId")).isEqualTo(id);
    assertThat(conversation.getString("name")).isEqualTo("team two");
  }

  @Test
  void itStandsInListsWhereItStoodAndMovesWithItsHistory() {
    String first = imported(group("three", 0, "alice3"));
    String second = imported(group("four", 86_400_000, "alice3"));

    try (TestClient alice = NODE.connect("alice3")) {
      assertThat(list(alice)).containsExactly(second, first);
      Past.imported(BACKEND, first, said("bob3", 100_000_000, "later"));
      assertThat(list(alice)).containsExactly(first, second);
    }
  }

  @Test
  void whoIsThereLearnsOfItAtOnce() {
    try (TestClient alice = NODE.connect("alice4")) {
      String cursor = alice.ask(Requests.inbox(10)).getInboxPage().getCursor();

      String id = imported(group("five", 0, "alice4"));

      alice.await(
          it ->
              it.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(entry -> entry.getConversation().getConversationId().equals(id)));
      assertThat(alice.ask(Requests.inboxSince(cursor, 10)).getInboxPage().getEntriesList())
          .hasSize(1);
    }
  }

  private static List<String> list(TestClient reader) {
    return reader.ask(Requests.inbox(100)).getInboxPage().getEntriesList().stream()
        .map(InboxEntry::getConversation)
        .map(it -> it.getConversationId())
        .toList();
  }

  @Test
  void aLargeGroupIsImportedInOne() {
    String[] others = IntStream.range(0, 999).mapToObj(i -> "member" + i).toArray(String[]::new);

    String id = imported(group("six", 0, "alice5", others));
    Past.imported(BACKEND, id, said("member998", 1, "hello"));

    try (TestClient last = NODE.connect("member997")) {
      assertThat(list(last)).containsExactly(id);
      assertThat(last.ask(Requests.inbox(1)).getInboxPage().getBadge()).isZero();
    }
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        spoiled("no key", "key", it -> it.remove("key")),
        spoiled("no name", "name", it -> it.put("name", "")),
        spoiled("made tomorrow", "createdAtMs", RestImportGroupTest::tomorrow),
        spoiled(
            "made when no calendar reaches",
            "createdAtMs",
            it -> it.put("createdAtMs", "9007199254740991")),
        spoiled("nobody", "members", it -> it.put("members", new JsonArray())),
        spoiled("an image that is none", "image", it -> it.put("imageUrl", "javascript:x")),
        spoiled("too slow", "slowModeSeconds", it -> it.put("slowModeSeconds", 86_401)),
        spoiled("no owner", "members", it -> members(it).remove(0)),
        spoiled("somebody twice", "members/2", it -> members(it).add(member("bob6", "ROLE_OWNER"))),
        spoiled("an unknown role", "members/2", it -> members(it).add(member("eve", "ROLE_KING"))));
  }

  private static Arguments spoiled(String how, String where, Consumer<JsonObject> spoil) {
    JsonObject group = group("spoiled", 0, "alice6", "bob6");
    spoil.accept(group);
    return Arguments.of(how, where, group);
  }

  private static void tomorrow(JsonObject group) {
    group.put("createdAtMs", System.currentTimeMillis() + 86_400_000);
  }

  private static JsonArray members(JsonObject group) {
    return group.getJsonArray("members");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoiled")
  void oneThatCannotBeIsRefusedAndItsKeyStaysFree(String how, String where, JsonObject group) {
    HttpResponse<String> answer = ask(group);

    assertThat(answer.statusCode()).as(how + ": " + answer.body()).isEqualTo(400);
    assertThat(json(answer).getString("detail")).contains(where);
    assertThat(DATABASE.text("select count(*)::text from conversation_key where key = 'spoiled'"))
        .isEqualTo("0");
  }

  @Test
  void onlyAKeyMadeForItImports() {
    JsonObject given = group("seven", 0, "alice7");
    RestClient allElse = with("all-else", EnumSet.complementOf(EnumSet.of(Scope.HISTORY_IMPORT)));

    assertThat(allElse.post("/v1/conversations/import", given).statusCode()).isEqualTo(403);
    RestClient alice = RestClient.of(NODE, "alice7");
    assertThat(alice.post("/v1/conversations/import", given).statusCode()).isEqualTo(403);
    assertThat(ask(given).statusCode()).isEqualTo(201);
  }
}
