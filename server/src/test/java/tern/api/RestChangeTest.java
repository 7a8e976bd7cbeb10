// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;
import static tern.api.RestClient.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.TestClient;
import tern.TestNode;
import tern.v1.Changes;
import tern.v1.Message;
import tern.v1.Role;

/// What is changed over HTTP is changed for everybody, and seen live on their sockets.
@Tag("slow")
final class RestChangeTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private final RestClient alice = RestClient.of(NODE, "alice");
  private final RestClient bob = RestClient.of(NODE, "bob");
  private final String room = alice.group("bob");
  private final String path = "/v1/conversations/" + room;

  @AutoClose private final TestClient screen = NODE.connect("bob");

  private String say(String text) {
    return path + "/messages/" + json(alice.say(room, text)).getString("sequence");
  }

  private static JsonObject edit(UUID id, String text) {
    JsonObject edit = message(text).put("editId", id.toString());
    edit.remove("clientMessageId");
    return edit;
  }

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private Changes seen(Predicate<Changes> wanted) {
    return screen
        .await(
            frame ->
                frame.getEnvelope().getChanges().getConversationId().equals(room)
                    && wanted.test(frame.getEnvelope().getChanges()))
        .getEnvelope()
        .getChanges();
  }

  private Message seenMessage(Predicate<Message> wanted) {
    return seen(it -> it.getMessagesList().stream().anyMatch(wanted)).getMessages(0);
  }

  private static String text(JsonObject holder) {
    return holder.getJsonObject("content").getJsonObject("text").getString("text");
  }

  @Test
  void anEditIsSeenAndWhatItReplacedIsKept() {
    String message = say("before");
    UUID id = UUID.randomUUID();

    JsonObject edited = done(alice.ask("PATCH", message, edit(id, "after").encode()));
    Message seen = seenMessage(it -> it.getEditedAtMs() > 0);
    JsonObject repeated = done(alice.ask("PATCH", message, edit(id, "after").encode()));
    JsonArray versions = done(alice.get(message + "/edits")).getJsonArray("edits");

    assertThat(text(edited.getJsonObject("message"))).isEqualTo("after");
    assertThat(seen.getContent().getText().getText()).isEqualTo("after");
    assertThat(repeated.getString("revision")).isEqualTo(edited.getString("revision"));
    assertThat(versions.size()).isEqualTo(1);
    assertThat(text(versions.getJsonObject(0))).isEqualTo("before");
    assertThat(versions.getJsonObject(0).getString("revision"))
        .isEqualTo(edited.getString("revision"));
  }

  @Test
  void aPageQuotesWhatItsMessagesAnswerAsItStandsNow() {
    String message = say("before");
    String first = message.substring(message.lastIndexOf('/') + 1);
    alice.post(path + "/messages", message("answer").put("replyTo", first));
    done(alice.ask("PATCH", message, edit(UUID.randomUUID(), "after").encode()));

    JsonArray quotes = done(bob.get(path + "/messages?limit=1")).getJsonArray("quotes");

    assertThat(quotes.size()).isEqualTo(1);
    assertThat(quotes.getJsonObject(0).getString("sequence")).isEqualTo(first);
    assertThat(quotes.getJsonObject(0).getString("text")).isEqualTo("after");
    assertThat(quotes.getJsonObject(0).getString("kind")).isEqualTo("KIND_TEXT");
  }

  @Test
  void anEditReplacesMentionsAndMetadataAsAWhole() {
    JsonObject said =
        message("@bob look")
            .put("mentions", new JsonObject().put("userIds", new JsonArray().add("bob")))
            .put("metadata", new JsonObject().put("k", "v"));
    String sent =
        path + "/messages/" + json(alice.post(path + "/messages", said)).getString("sequence");

    JsonObject kept =
        edit(UUID.randomUUID(), "@bob look!").put("metadata", said.getJsonObject("metadata"));
    JsonObject edited = done(alice.ask("PATCH", sent, kept.encode())).getJsonObject("message");

    assertThat(edited.getJsonObject("metadata").getString("k")).isEqualTo("v");
    assertThat(edited.getJsonObject("mentions", new JsonObject()).getJsonArray("userIds"))
        .isNullOrEmpty();
  }

  @Test
  void aConversationIsChangedAsAWholeOrNotAtAll() {
    // The first part is the owner's to change, the second is of OPEN conversations alone.
    String halves = "{\"joinableByKey\": true, \"watchersPost\": true, \"name\": \"other\"}";

    assertThat(alice.ask("PATCH", path, halves).statusCode()).isEqualTo(403);

    JsonObject standing = done(alice.get(path)).getJsonObject("conversation");
    assertThat(standing.getBoolean("joinableByKey", false)).isFalse();
    assertThat(standing.getString("name")).isEqualTo("team");
    String both = "{\"joinableByKey\": true, \"name\": \"other\"}";
    JsonObject changed = done(alice.ask("PATCH", path, both)).getJsonObject("conversation");
    assertThat(changed.getBoolean("joinableByKey")).isTrue();
    assertThat(changed.getString("name")).isEqualTo("other");
    assertThat(seen(it -> it.getConversation().getName().equals("other")).hasConversation())
        .isTrue();
  }

  @Test
  void anotherEditUnderTheSameIdIsAConflict() {
    String message = say("before");
    UUID id = UUID.randomUUID();

    alice.ask("PATCH", message, edit(id, "after").encode());
    HttpResponse<String> other = alice.ask("PATCH", message, edit(id, "other").encode());

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).getString("code")).isEqualTo("ERROR_CODE_CONFLICT");
  }

  @Test
  void aDeletedMessageLeavesAnEmptyPlace() {
    String message = say("a canary");

    JsonObject deleted = done(alice.ask("DELETE", message, ""));
    Message seen = seenMessage(it -> it.getDeletedAtMs() > 0);
    JsonObject again = done(alice.ask("DELETE", message, ""));

    assertThat(seen.hasContent()).isFalse();
    assertThat(seen.getDeletedById()).isEqualTo("alice");
    assertThat(deleted.getJsonObject("message").getString("deletedById")).isEqualTo("alice");
    assertThat(again.getString("revision")).isEqualTo("0");
    assertThat(bob.get(path + "/messages").body()).doesNotContain("canary");
  }

  @Test
  void aReactionIsSetAndTakenBack() {
    String reactions = say("nice") + "/reactions";
    JsonObject bird = new JsonObject().put("reaction", "\uD83D\uDC26").put("on", true);

    done(bob.post(reactions, bird));
    Changes set = seen(it -> it.getReactionsCount() > 0);
    JsonArray messages = done(bob.get(path + "/messages")).getJsonArray("messages");
    JsonObject repeated = done(bob.post(reactions, bird));
    JsonObject taken = done(bob.post(reactions, bird.put("on", false)));

    assertThat(set.getReactions(0).getReaction()).isEqualTo("\uD83D\uDC26");
    assertThat(set.getReactions(0).getUserId()).isEqualTo("bob");
    JsonObject message = messages.getJsonObject(messages.size() - 1);
    assertThat(message.getJsonArray("ownReactions")).containsExactly("\uD83D\uDC26");
    assertThat(message.getJsonArray("reactions").getJsonObject(0).getInteger("count")).isEqualTo(1);
    assertThat(repeated.getString("revision")).isEqualTo("0");
    assertThat(taken.getJsonObject("message").getJsonArray("reactions")).isEmpty();
  }

  @Test
  void aPinIsSeenListedAndTakenAway() {
    String pin = say("read this first") + "/pin";

    done(alice.ask("PUT", pin, "{\"pinned\": true}"));
    Message seen = seenMessage(it -> it.getPinnedAtMs() > 0);
    JsonArray pinned = done(bob.get(path + "/pins")).getJsonArray("messages");
    done(alice.ask("PUT", pin, "{\"pinned\": false}"));

    assertThat(seen.getContent().getText().getText()).isEqualTo("read this first");
    assertThat(pinned.size()).isEqualTo(1);
    assertThat(text(pinned.getJsonObject(0))).isEqualTo("read this first");
    assertThat(done(bob.get(path + "/pins?before=0&limit=1")).getJsonArray("messages")).isEmpty();
  }

  @Test
  void aRoleIsGivenAndUsed() {
    String role = path + "/members/bob/role";
    String pin = say("news") + "/pin";
    int before = bob.ask("PUT", pin, "{\"pinned\": true}").statusCode();

    done(alice.ask("PUT", role, "{\"role\": \"ROLE_MODERATOR\"}"));
    Changes seen = seen(it -> it.getMembersCount() > 0);

    assertThat(before).isEqualTo(403);
    assertThat(seen.getMembers(0).getUserId()).isEqualTo("bob");
    assertThat(seen.getMembers(0).getRole()).isEqualTo(Role.ROLE_MODERATOR);
    done(bob.ask("PUT", pin, "{\"pinned\": true}"));
    assertThat(bob.ask("PUT", role, "{\"role\": \"ROLE_OWNER\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void aGroupIsRenamedAndWhatIsNotGivenStays() {
    JsonObject kept = new JsonObject().put("entries", new JsonObject().put("order", "1234"));
    done(alice.ask("PATCH", path, new JsonObject().put("metadata", kept).encode()));

    JsonObject renamed = done(alice.ask("PATCH", path, "{\"name\": \"Terns\"}"));
    Changes seen = seen(it -> it.getConversation().getName().equals("Terns"));

    JsonObject group = renamed.getJsonObject("conversation");
    assertThat(group.getString("name")).isEqualTo("Terns");
    assertThat(group.getJsonObject("metadata")).isEqualTo(kept.getJsonObject("entries"));
    assertThat(seen.getConversation().getMetadataMap()).containsEntry("order", "1234");
    assertThat(bob.ask("PATCH", path, "{\"name\": \"Bob's\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsAnothersStaysAsItIs() {
    String message = say("alice's own");

    HttpResponse<String> edited =
        bob.ask("PATCH", message, edit(UUID.randomUUID(), "bob's").encode());

    assertThat(edited.statusCode()).isEqualTo(403);
    assertThat(bob.ask("DELETE", message, "").statusCode()).isEqualTo(403);
    assertThat(bob.get(message + "/edits").statusCode()).isEqualTo(403);
    assertThat(bob.get(path + "/messages").body()).contains("alice's own");
  }

  @Test
  void aMessageFromBeforeOnesTimeIsAnsweredAsOneThatDoesNotExist() {
    String unseen = say("before carol's time");
    String unknown = path + "/messages/4711";
    JsonObject carolIn = new JsonObject().put("userIds", new JsonArray().add("carol"));
    done(alice.post(path + "/members", carolIn));
    done(alice.ask("PUT", path + "/members/carol/role", "{\"role\": \"ROLE_OWNER\"}"));
    RestClient carol = RestClient.of(NODE, "carol");

    record Asked(String method, String rest, String body) {}
    for (Asked it :
        List.of(
            new Asked("PATCH", "", edit(UUID.randomUUID(), "guess").encode()),
            new Asked("DELETE", "", ""),
            new Asked("POST", "/reactions", "{\"reaction\": \"+1\", \"on\": true}"),
            new Asked("PUT", "/pin", "{\"pinned\": true}"),
            new Asked("GET", "/edits", ""))) {
      HttpResponse<String> ofUnseen = carol.ask(it.method(), unseen + it.rest(), it.body());
      HttpResponse<String> ofUnknown = carol.ask(it.method(), unknown + it.rest(), it.body());

      assertThat(ofUnseen.statusCode()).as(it + ofUnseen.body()).isEqualTo(404);
      assertThat(ofUnseen.body()).isEqualTo(ofUnknown.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"card\": {\"title\": \"Lunch?\", \"imageUrl\": \"https://example.com/soup.png\"}}",
        "{\"custom\": {\"type\": \"place\", \"json\": \"{\\\"lat\\\": 53.5}\"}}",
        "{\"encrypted\": {\"scheme\": \"mls\", \"ciphertext\": \"AAEC\"}}"
      })
  void eachKindOfContentComesBackAsItWasSent(String content) {
    JsonObject sent = message("").put("content", new JsonObject(content));

    String sequence = json(alice.post(path + "/messages", sent)).getString("sequence");
    JsonArray read =
        done(bob.get(path + "/messages?limit=1&around=" + sequence)).getJsonArray("messages");

    String kind = new JsonObject(content).fieldNames().iterator().next();
    assertThat(read.getJsonObject(0).getJsonObject("content").getJsonObject(kind).getMap())
        .containsAllEntriesOf(new JsonObject(content).getJsonObject(kind).getMap());
  }
}
