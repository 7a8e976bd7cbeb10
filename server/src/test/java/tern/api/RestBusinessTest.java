// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.Scope;
import tern.v1.Message;

/// The business says something in conversations of which it is no member.
@Tag("slow")
final class RestBusinessTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static HttpResponse<String> send(String room, JsonObject message) {
    return BACKEND.post("/v1/conversations/" + room + "/business-messages", message);
  }

  @Test
  void membersGetItLiveAndItIsUnread() {
    try (TestClient alice = NODE.connect("alice1")) {
      String room = alice.openDirect("bob1");

      HttpResponse<String> sent = send(room, RestClient.message("Your parcel is on its way."));

      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
      Message message =
          alice
              .await(it -> it.getEnvelope().getChanges().getMessagesCount() == 1)
              .getEnvelope()
              .getChanges()
              .getMessages(0);
      assertThat(message.getSenderId()).isEqualTo("business");
      assertThat(TestClient.text(message)).isEqualTo("Your parcel is on its way.");
      assertThat(alice.ask(Requests.inbox(1)).getInboxPage().getEntries(0).getUnread())
          .isEqualTo(1);
    }
  }

  @Test
  void aRepeatIsAnsweredWithTheFirstAndOtherContentIsRefused() {
    String room = RestClient.of(NODE, "alice2").group("bob2");
    JsonObject message = RestClient.message("once");

    String first = json(send(room, message)).getString("sequence");
    HttpResponse<String> repeat = send(room, message);
    HttpResponse<String> other =
        send(
            room,
            RestClient.message("twice")
                .put("clientMessageId", message.getString("clientMessageId")));

    assertThat(repeat.statusCode()).isEqualTo(200);
    assertThat(json(repeat).getString("sequence")).isEqualTo(first);
    assertThat(json(repeat).getBoolean("duplicate")).isTrue();
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(send(UUID.randomUUID().toString(), message).statusCode()).isEqualTo(404);
  }

  @Test
  void itAnswersWhatHasBeenSaidAndNothingElse() {
    String room = RestClient.of(NODE, "alice9").group("bob9");

    HttpResponse<String> first = send(room, RestClient.message("asked").put("replyTo", "1"));
    json(send(room, RestClient.message("said")));
    HttpResponse<String> second = send(room, RestClient.message("answered").put("replyTo", "1"));

    assertThat(first.statusCode()).isEqualTo(400);
    assertThat(json(first).getString("detail"))
        .isEqualTo("reply_to: 1 (expected: at most 0, the conversation's last message)");
    assertThat(second.statusCode()).isEqualTo(201);
  }

  @Test
  void itHasANameThatEverybodyReads() {
    BACKEND.ask("PUT", "/v1/users/business", "{\"name\": \"The Shop\"}");

    try (TestClient alice = NODE.connect("alice3")) {
      assertThat(
              alice
                  .ask(PersonRequests.profiles("business", "bob3"))
                  .getProfiles()
                  .getProfilesList())
          .singleElement()
          .matches(it -> it.getName().equals("The Shop"));
    }
  }

  private static String sent(String room, JsonObject message) {
    String sequence = json(send(room, message)).getString("sequence");
    return "/v1/conversations/" + room + "/business-messages/" + sequence;
  }

  private static JsonObject edit(String text) {
    JsonObject edit = RestClient.message(text);
    return edit.put("editId", edit.remove("clientMessageId"));
  }

  @Test
  void itEditsWhatItHasSaidHoweverLongAgoAndDeletesIt() {
    try (TestClient alice = NODE.connect("alice4");
        TestSql sql = TestSql.of(NODE)) {
      String room = alice.openDirect("bob4");
      String path = sent(room, RestClient.message("on its way"));
      sql.run(
          "update message set created_at = created_at - interval '9 days'"
              + " where conversation_id = ?::uuid",
          room);

      HttpResponse<String> edited = BACKEND.ask("PATCH", path, edit("delivered").encode());

      assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
      assertThat(seen(alice)).extracting(TestClient::text).containsExactly("delivered");
      HttpResponse<String> deleted = BACKEND.ask("DELETE", path, "");
      assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
      assertThat(seen(alice))
          .singleElement()
          .matches(it -> it.getDeletedById().equals("business") && !it.hasContent());
    }
  }

  private static List<Message> seen(TestClient reader) {
    return reader
        .await(
            it ->
                it.getEnvelope().getChanges().getMessagesList().stream()
                    .anyMatch(
                        message -> message.getEditedAtMs() > 0 || message.getDeletedAtMs() > 0))
        .getEnvelope()
        .getChanges()
        .getMessagesList();
  }

  @Test
  void itNeitherEditsNorDeletesWhatAUserHasSaid() {
    RestClient alice = RestClient.of(NODE, "alice5");
    String room = alice.group("bob5");
    String sequence = json(alice.say(room, "mine")).getString("sequence");
    String path = "/v1/conversations/" + room + "/business-messages/" + sequence;

    assertThat(BACKEND.ask("PATCH", path, edit("yours").encode()).statusCode()).isEqualTo(403);
    assertThat(BACKEND.ask("DELETE", path, "").statusCode()).isEqualTo(403);
    assertThat(BACKEND.get(path + "/presses").statusCode()).isEqualTo(403);
    String none = "/v1/conversations/" + UUID.randomUUID() + "/business-messages/1";
    assertThat(BACKEND.ask("PATCH", none, edit("none").encode()).statusCode()).isEqualTo(404);
    assertThat(BACKEND.ask("DELETE", none, "").statusCode()).isEqualTo(404);
    assertThat(BACKEND.get(none + "/presses").statusCode()).isEqualTo(404);
  }

  @Test
  void itReadsWhoPressedTheButtonsOfItsCard() {
    RestClient alice = RestClient.of(NODE, "alice6");
    String room = alice.direct("bob6");
    String button = "{\"id\": \"yes\", \"label\": \"Yes\", \"value\": \"y\"}";
    JsonObject card =
        RestClient.message("")
            .put(
                "content",
                new JsonObject("{\"card\": {\"title\": \"Ok?\", \"buttons\": [" + button + "]}}"));
    String path = sent(room, card);
    JsonObject press =
        new JsonObject().put("buttonId", "yes").put("pressId", UUID.randomUUID().toString());
    alice.post(path.replace("business-messages", "messages") + "/presses", press);

    JsonObject read = json(BACKEND.get(path + "/presses"));

    assertThat(read.getJsonArray("presses").stream().map(JsonObject.class::cast).toList())
        .singleElement()
        .matches(
            it -> it.getString("userId").equals("alice6") && it.getString("value").equals("y"));
    RestClient writer = RestClient.backend(NODE, "w", EnumSet.of(Scope.BUSINESS_WRITE));
    assertThat(writer.get(path + "/presses").statusCode()).isEqualTo(403);
  }

  @Test
  void nobodyElseIsTheBusiness() {
    assertThat(RestClient.of(NODE, "business").get("/v1/inbox").statusCode()).isEqualTo(401);
    assertThat(BACKEND.with("Tern-User", "business").get("/v1/inbox").statusCode()).isEqualTo(403);
  }
}
