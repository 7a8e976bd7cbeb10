// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.auth.key.Scope;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.Message;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// The app's rules: made over REST, in force on the socket and over REST.
@Tag("slow")
final class RestModerationTest {
  private static final Duration IN_FORCE = Duration.ofSeconds(5);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");

  private static final RestClient BACKEND =
      withKey(Set.of(Scope.MODERATION_READ, Scope.MODERATION_WRITE));

  private static RestClient withKey(Set<Scope> scopes) {
    return RestClient.backend(NODE, "test", scopes);
  }

  private static JsonObject rule(String kind, String action, String... terms) {
    return new JsonObject()
        .put("kind", kind)
        .put("action", action)
        .put("terms", new JsonArray(List.of(terms)));
  }

  private static HttpResponse<String> put(String id, JsonObject rule) {
    return BACKEND.ask("PUT", "/v1/moderation/rules/" + id, rule.encode());
  }

  private static ServerFrame send(String room, String text) {
    return ALICE.ask(TestClient.message(room, text, UUID.randomUUID()));
  }

  private static boolean isRefused(String room, String text) {
    return isRefused(TestClient.message(room, text, UUID.randomUUID()));
  }

  private static boolean isRefused(ClientFrame.Builder request) {
    return ALICE.ask(request).getError().getCode() == ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION;
  }

  private static ClientFrame.Builder founding(String name) {
    return Requests.createGroup(
        name, "", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of("bob"));
  }

  private static List<String> texts(String room) {
    return ALICE.ask(Requests.before(room, 0, 100)).getHistoryPage().getMessagesList().stream()
        .map(TestClient::text)
        .toList();
  }

  @Test
  void aRuleRefusesWhoeverSendsUntilItIsTakenAway() {
    String room = ALICE.createGroup("refused", "bob");
    JsonObject rule = rule("WORDS", "REFUSE", "badword").put("reason", "Not here.");

    assertThat(put("refusing", rule).statusCode()).isEqualTo(200);
    Eventually.holds("in force", IN_FORCE, () -> isRefused(room, "a BÁDWORD"));
    HttpResponse<String> rest = RestClient.of(NODE, "alice").say(room, "badword!");
    ALICE.say(room, "good");
    long good = ALICE.say(room, "good").getSequence();

    assertThat(rest.statusCode()).isEqualTo(422);
    assertThat(json(rest).getString("code")).isEqualTo("ERROR_CODE_REFUSED_BY_MODERATION");
    assertThat(json(rest).getString("detail")).isEqualTo("Not here.");
    assertThat(
            ALICE.ask(Requests.edit(room, good, UUID.randomUUID(), "badword")).getError().getCode())
        .isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
    assertThat(json(BACKEND.ask("DELETE", "/v1/moderation/rules/refusing", "")))
        .isEqualTo(new JsonObject().put("deleted", true));
    Eventually.holds("away", IN_FORCE, () -> !isRefused(room, "badword"));
  }

  @Test
  void namesAndReactionsAreReadToo() {
    String room = ALICE.createGroup("labels", "bob");
    put("labels", rule("WORDS", "MASK", "rudelabel").put("reason", "Be kind."));
    Eventually.holds("in force", IN_FORCE, () -> isRefused(Requests.rename(room, "a rudelabel")));
    ALICE.say(room, "hello");

    assertThat(isRefused(founding("RUDELABEL"))).isTrue();
    assertThat(isRefused(Requests.react(room, 1, "rudelabel"))).isTrue();
    assertThat(isRefused(PersonRequests.name("Rudelabel"))).isTrue();

    // What the backend itself says is nobody's to judge.
    assertThat(
            RestClient.backend(NODE)
                .ask("PUT", "/v1/users/dora", new JsonObject().put("name", "rudelabel").encode())
                .statusCode())
        .isEqualTo(200);

    assertThat(isRefused(Requests.rename(room, "kind"))).isFalse();
    assertThat(isRefused(Requests.react(room, 1, "👍"))).isFalse();
    assertThat(ALICE.ask(Requests.read(room)).getConversationOpened().getConversation().getName())
        .isEqualTo("kind");
    BACKEND.ask("DELETE", "/v1/moderation/rules/labels", "");
  }

  private static ClientFrame.Builder saying(
      String room, Content content, String key, String value) {
    return ClientFrame.newBuilder()
        .setSendMessage(
            SendMessage.newBuilder()
                .setConversationId(room)
                .setClientMessageId(UUID.randomUUID().toString())
                .setContent(content)
                .putMetadata(key, value));
  }

  private static Content custom(String json) {
    return Content.newBuilder()
        .setCustom(Custom.newBuilder().setType("poll").setJson(json))
        .build();
  }

  private static Content button(String label, String value) {
    return Content.newBuilder()
        .setCard(
            Card.newBuilder()
                .setTitle("card")
                .addButtons(Button.newBuilder().setId("b").setLabel(label).setValue(value)))
        .build();
  }

  private static Message newest(String room) {
    List<Message> all = ALICE.ask(Requests.before(room, 0, 100)).getHistoryPage().getMessagesList();
    return all.stream().max(Comparator.comparingLong(Message::getSequence)).orElseThrow();
  }

  @Test
  void whatTheAppKeepsInAMessageIsReadToo() {
    String room = ALICE.createGroup("aside", "bob");
    put("aside", rule("WORDS", "MASK", "asideword"));
    Eventually.holds("in force", IN_FORCE, () -> isRefused(Requests.rename(room, "asideword")));

    ALICE.ask(saying(room, custom("{\"q\": \"An ASIDEWORD?\", \"n\": 1.0}"), "note", "asideword!"));

    assertThat(newest(room).getContent().getCustom().getJson())
        .isEqualTo("{\"q\": \"An ●●●●●●●●●?\", \"n\": 1.0}");
    assertThat(newest(room).getMetadataMap()).isEqualTo(Map.of("note", "●●●●●●●●●!"));
    assertThat(isRefused(saying(room, custom("{\"asideword\": 1}"), "k", "v"))).isTrue();
    assertThat(isRefused(saying(room, custom("{}"), "asideword", "v"))).isTrue();
    assertThat(isRefused(saying(room, button("ok", "asideword"), "k", "v"))).isTrue();
    assertThat(isRefused(saying(room, button("ok", "yes"), "k", "v"))).isFalse();
    BACKEND.ask("DELETE", "/v1/moderation/rules/aside", "");
  }

  @Test
  void maskedTextIsStoredAndARepeatIsKnown() {
    String room = ALICE.createGroup("masked", "bob");
    put("masking", rule("WORDS", "MASK", "crumbs"));
    UUID id = UUID.randomUUID();
    Eventually.holds(
        "in force",
        IN_FORCE,
        () -> {
          send(room, "oh crumbs");
          return texts(room).getLast().equals("oh ●●●●●●");
        });

    ServerFrame first = ALICE.ask(TestClient.message(room, "Crumbs again", id));
    ServerFrame repeat = ALICE.ask(TestClient.message(room, "Crumbs again", id));

    assertThat(texts(room).getLast()).isEqualTo("●●●●●● again");
    assertThat(repeat.getAccepted().getDuplicate()).isTrue();
    assertThat(repeat.getAccepted().getSequence()).isEqualTo(first.getAccepted().getSequence());
  }

  @Test
  void aStoredMessagesRepeatIsKnownBeforeALaterRule() {
    String room = ALICE.createGroup("earlier", "bob");
    UUID id = UUID.randomUUID();
    ALICE.ask(TestClient.message(room, "laterword", id));
    put("later", rule("WORDS", "REFUSE", "laterword"));
    Eventually.holds("in force", IN_FORCE, () -> isRefused(room, "laterword"));

    ServerFrame repeat = ALICE.ask(TestClient.message(room, "laterword", id));

    assertThat(repeat.getAccepted().getDuplicate()).isTrue();
  }

  @Test
  void flaggedMessagesAreReadAsTheyStandAndTakenOffTheQueue() {
    String room = ALICE.createGroup("flagged", "bob");
    put("flagging", rule("PATTERNS", "FLAG", "sus.icious"));
    Eventually.holds(
        "in force",
        IN_FORCE,
        () -> {
          send(room, "very suspicious");
          return !flagged(room).isEmpty();
        });

    JsonObject entry = flagged(room).getFirst();
    assertThat(entry.getJsonArray("ruleIds")).containsExactly("flagging");
    assertThat(entry.getJsonObject("message").getString("senderId")).isEqualTo("alice");
    assertThat(entry.encode()).contains("very suspicious");

    String dismiss = "/v1/moderation/flagged/" + entry.getString("number");
    assertThat(json(BACKEND.ask("DELETE", dismiss, "")).getBoolean("dismissed")).isTrue();
    assertThat(json(BACKEND.ask("DELETE", dismiss, "")).getBoolean("dismissed")).isFalse();
    assertThat(flagged(room))
        .noneMatch(it -> it.getString("number").equals(entry.getString("number")));
  }

  @Test
  void aDeletedMessageIsFlaggedNoMore() {
    String room = ALICE.createGroup("deleted", "bob");
    put("gone", rule("WORDS", "FLAG", "dubious"));
    Eventually.holds(
        "in force",
        IN_FORCE,
        () -> {
          send(room, "dubious");
          return !flagged(room).isEmpty();
        });

    flagged(room)
        .forEach(
            it ->
                ALICE.ask(
                    Requests.delete(
                        room, Long.parseLong(it.getJsonObject("message").getString("sequence")))));

    assertThat(flagged(room)).isEmpty();
  }

  private static List<JsonObject> flagged(String room) {
    return json(BACKEND.get("/v1/moderation/flagged?limit=100")).getJsonArray("entries").stream()
        .map(JsonObject.class::cast)
        .filter(it -> it.getString("conversationId").equals(room))
        .toList();
  }

  @Test
  void aFloodIsRefusedAndItsRepeatsAreNot() {
    String room = ALICE.createGroup("flood", "bob");
    put(
        "flooding",
        new JsonObject()
            .put("kind", "SAME_TEXT")
            .put("action", "REFUSE")
            .put("count", 3)
            .put("withinSeconds", 60));
    try {
      Eventually.holds("in force", IN_FORCE, () -> isRefused(room, "buy this"));
      UUID id = UUID.randomUUID();
      for (int i = 0; i < 5; i++) {
        assertThat(ALICE.ask(TestClient.message(room, "something else", id)).hasAccepted())
            .isTrue();
      }
    } finally {
      BACKEND.ask("DELETE", "/v1/moderation/rules/flooding", "");
      // So that no other test meets it.
      Eventually.holds("away", IN_FORCE, () -> !isRefused(room, "buy this"));
    }
  }

  @Test
  void rulesAreListedAsTheyWereMade() {
    JsonObject rule = rule("LINKS_DENIED", "REFUSE", "evil.example").put("reason", "No.");

    JsonObject put = json(put("listed", rule));

    assertThat(put)
        .isEqualTo(rule.copy().put("ruleId", "listed").put("count", 0).put("withinSeconds", 0));
    assertThat(json(BACKEND.get("/v1/moderation/rules")).getJsonArray("rules")).contains(put);
  }

  @Test
  void whatCanBeNoRuleIsRefused() {
    List<JsonObject> bad =
        List.of(
            rule("PATTERNS", "FLAG", "("),
            rule("PATTERNS", "FLAG", "((a{100}){100}){100}"),
            rule("WORDS", "MASK"),
            rule("SAME_TEXT", "REFUSE"),
            rule("SAME_TEXT", "MASK").put("count", 3).put("withinSeconds", 3),
            rule("WORDS", "FLAG", "x").put("count", 3));

    for (JsonObject rule : bad) {
      HttpResponse<String> answer = put("bad", rule);
      assertThat(answer.statusCode()).as(rule.encode()).isEqualTo(400);
    }
  }

  @Test
  void aKeyWithoutTheScopeDoesNothing() {
    RestClient reader = withKey(Set.of(Scope.MODERATION_READ));

    assertThat(reader.get("/v1/moderation/rules").statusCode()).isEqualTo(200);
    assertThat(
            reader
                .ask("PUT", "/v1/moderation/rules/x", rule("WORDS", "FLAG", "x").encode())
                .statusCode())
        .isEqualTo(403);
    assertThat(RestClient.of(NODE, "alice").get("/v1/moderation/flagged").statusCode())
        .isEqualTo(403);
  }
}
