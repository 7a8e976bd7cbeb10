// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.push.decision.Suppression;
import tern.push.sending.PushEnding;

/// Everything of one user is written out, and nothing of the others.
@Tag("slow")
final class RestExportTest {
  @AutoClose
  private static final TestNode NODE = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static List<JsonObject> export(String user) {
    HttpResponse<String> answer = BACKEND.get("/v1/users/" + user + "/export");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
    List<JsonObject> lines = answer.body().lines().map(JsonObject::new).toList();
    assertThat(lines.getFirst().getString("userId")).isEqualTo(user);
    assertThat(lines.getLast())
        .isEqualTo(
            new JsonObject().put("type", "end").put("lines", Integer.toString(lines.size() - 1)));
    return lines;
  }

  private static List<JsonObject> of(String type, List<JsonObject> lines) {
    return lines.stream().filter(it -> it.getString("type").equals(type)).toList();
  }

  private static String text(JsonObject line) {
    return line.getJsonObject("message")
        .getJsonObject("content", new JsonObject())
        .getJsonObject("text", new JsonObject())
        .getString("text", "");
  }

  private static void sayAndDoAllThereIs() {
    try (TestClient alice = NODE.connect("alice1");
        TestClient bob = NODE.connect("bob1")) {
      alice.ask(PersonRequests.name("Alice"));
      alice.ask(PersonRequests.invisible(true));
      alice.ask(PersonRequests.block("eve1"));
      String room = alice.createGroup("team", "bob1");
      long first = alice.say(room, "mine").getSequence();
      alice.ask(Requests.edit(room, first, UUID.randomUUID(), "mine, better"));
      long gone = alice.say(room, "regretted").getSequence();
      alice.ask(Requests.delete(room, gone));
      long others = bob.say(room, "of bob alone").getSequence();
      alice.ask(Requests.react(room, others, "👍"));
      bob.ask(Requests.react(room, first, "🎉"));
      long card = bob.ask(PersonalRequests.card(room, "yes")).getAccepted().getSequence();
      alice.ask(PersonalRequests.press(room, card, "yes", UUID.randomUUID()));
      alice.ask(PersonalRequests.draft(room, "begun"));
      alice.ask(PersonRequests.report(UUID.randomUUID(), "bob1"));
    }
  }

  @Test
  void itHoldsWhatIsKeptOfTheUserAndNothingThatOthersWrote() {
    sayAndDoAllThereIs();

    List<JsonObject> lines = export("alice1");

    assertThat(of("profile", lines))
        .singleElement()
        .matches(it -> it.getString("name").equals("Alice"));
    assertThat(of("preferences", lines)).singleElement().matches(it -> it.getBoolean("invisible"));
    assertThat(of("relation", lines))
        .singleElement()
        .matches(it -> it.getString("userId").equals("eve1"));
    assertThat(of("report", lines)).hasSize(1);
    assertThat(of("conversation", lines))
        .singleElement()
        .matches(
            it -> it.getString("draft").equals("begun") && it.getString("role").equals("owner"));
    assertThat(of("message", lines))
        .extracting(RestExportTest::text)
        .containsExactly("mine, better", "");
    assertThat(of("earlierVersion", lines))
        .extracting(RestExportTest::text)
        .containsExactly("mine");
    assertThat(of("reaction", lines))
        .singleElement()
        .matches(it -> it.getString("reaction").equals("👍"));
    assertThat(of("press", lines))
        .singleElement()
        .matches(it -> it.getString("buttonId").equals("yes"));
    assertThat(lines.toString()).doesNotContain("of bob alone", "regretted", "🎉");
  }

  @Test
  void itHoldsWhatTheyPostedWhereTheyOnlyWatch() {
    try (TestClient owner = NODE.connect("owner2");
        TestClient alice = NODE.connect("alice2")) {
      String room =
          owner
              .ask(OpenRequests.create(true))
              .getConversationOpened()
              .getConversation()
              .getConversationId();
      alice.ask(OpenRequests.watch(room));
      alice.say(room, "from the gallery");
      owner.ask(Requests.ban(room, "alice2", 0));
    }

    List<JsonObject> lines = export("alice2");

    assertThat(of("message", lines))
        .extracting(RestExportTest::text)
        .containsExactly("from the gallery");
    assertThat(of("watcher", lines))
        .singleElement()
        .matches(it -> !it.getBoolean("listed"))
        .matches(it -> Long.parseLong(it.getString("spokeAtMs")) > 0);
    assertThat(of("ban", lines)).hasSize(1);
  }

  @Test
  void whatBecameOfPushesIsToldInTheWordsOfTheDeliveryRecord() {
    try (TestClient alice = NODE.connect("alice5");
        TestSql sql = TestSql.of(NODE)) {
      String room = alice.createGroup("team", "bob5");
      List<Integer> outcomes =
          Stream.concat(
                  Stream.of(Suppression.values()).map(Suppression::number),
                  Stream.of(PushEnding.values()).map(PushEnding::number))
              .toList();
      for (int outcome : outcomes) {
        sql.run(
            "insert into push_decision (user_id, device_id, conversation_id, first_sequence,"
                + " last_sequence, outcome, decided_at, changed_at)"
                + " values ('bob5', 'phone', ?::uuid, ?, ?, ?, now(), now())",
            room,
            outcome,
            outcome,
            outcome);
      }

      assertThat(of("push", export("bob5")))
          .extracting(it -> it.getString("outcome"))
          .hasSize(outcomes.size())
          .contains("own_message", "preference", "accepted", "token_gone", "expired")
          .doesNotContainNull();
    }
  }

  @Test
  void ofWhomNothingIsKeptItSaysSo() {
    assertThat(export("nobody2")).hasSize(2);
  }

  @Test
  void manyMessagesComeInPages() {
    String room = RestClient.of(NODE, "alice3").direct("bob3");
    SQL.run(
        """
        insert into message (conversation_id, sequence, revision, created_at, content_hash,
          sender, client_message_id, countable_through, body)
        select ?, i, i + 1, now(), 0, 'alice3', gen_random_uuid(), i, ?
        from generate_series(1, 2001) i
        """,
        UUID.fromString(room),
        TestSql.body("x".repeat(500)));

    List<JsonObject> messages = of("message", export("alice3"));

    assertThat(messages).hasSize(2001);
    assertThat(messages.getLast().getJsonObject("message").getString("sequence")).isEqualTo("2001");
  }
}
