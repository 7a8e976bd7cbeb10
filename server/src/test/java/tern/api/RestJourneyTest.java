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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.TestNode;

/// What people do in conversations, over HTTP alone.
final class RestJourneyTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private final RestClient alice = RestClient.of(NODE, "alice");
  private final RestClient bob = RestClient.of(NODE, "bob");

  @Test
  void theConversationOfTwoIsCreatedOnceAndThenFound() {
    HttpResponse<String> first = openDirect(RestClient.of(NODE, "carol"), "dave");
    HttpResponse<String> second = openDirect(RestClient.of(NODE, "dave"), "carol");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).getJsonObject("conversation").getString("conversationId"))
        .isEqualTo(json(first).getJsonObject("conversation").getString("conversationId"));
  }

  private static HttpResponse<String> openDirect(RestClient client, String peer) {
    return client.post("/v1/conversations/direct", new JsonObject().put("userId", peer));
  }

  @Test
  void aMessageIsAcceptedOnceAndReadByTheOther() {
    String room = alice.direct("bob");
    JsonObject message = message("hello \u2603 <&>");

    HttpResponse<String> sent = alice.post("/v1/conversations/" + room + "/messages", message);
    HttpResponse<String> repeated = alice.post("/v1/conversations/" + room + "/messages", message);
    JsonObject page = json(bob.get("/v1/conversations/" + room + "/messages?limit=1"));

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    assertThat(json(sent).getBoolean("duplicate")).isFalse();
    assertThat(repeated.statusCode()).isEqualTo(200);
    assertThat(json(repeated).getBoolean("duplicate")).isTrue();
    assertThat(json(repeated).getString("sequence")).isEqualTo(json(sent).getString("sequence"));
    JsonObject read = page.getJsonArray("messages").getJsonObject(0);
    assertThat(read.getString("senderId")).isEqualTo("alice");
    assertThat(read.getJsonObject("content").getJsonObject("text").getString("text"))
        .isEqualTo("hello \u2603 <&>");
  }

  @Test
  void historyIsReadBeforeAfterAndAround() {
    RestClient erin = RestClient.of(NODE, "erin");
    String room = erin.direct("frank");
    for (int i = 1; i <= 5; i++) {
      erin.say(room, "message " + i);
    }
    String messages = "/v1/conversations/" + room + "/messages";

    assertThat(sequences(erin.get(messages))).containsExactly("1", "2", "3", "4", "5");
    assertThat(sequences(erin.get(messages + "?before=3"))).containsExactly("1", "2");
    assertThat(sequences(erin.get(messages + "?after=3"))).containsExactly("4", "5");
    assertThat(sequences(erin.get(messages + "?around=3&limit=3"))).containsExactly("2", "3", "4");
  }

  private static List<String> sequences(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).getJsonArray("messages").stream()
        .map(it -> ((JsonObject) it).getString("sequence"))
        .toList();
  }

  @Test
  void aGroupGainsAndLosesMembers() {
    RestClient owner = RestClient.of(NODE, "owner");
    HttpResponse<String> created =
        owner.post(
            "/v1/conversations",
            new JsonObject().put("name", "team").put("userIds", new JsonArray().add("m1")));
    String room = json(created).getJsonObject("conversation").getString("conversationId");
    JsonObject m2 = new JsonObject().put("userIds", new JsonArray().add("m2"));

    HttpResponse<String> added = owner.post("/v1/conversations/" + room + "/members", m2);
    HttpResponse<String> removed = owner.post("/v1/conversations/" + room + "/members/remove", m2);
    HttpResponse<String> left =
        RestClient.of(NODE, "m1").post("/v1/conversations/" + room + "/leave", "");

    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(List.of(added.statusCode(), removed.statusCode(), left.statusCode()))
        .as(added.body() + removed.body() + left.body())
        .containsOnly(200);
    JsonObject conversation = json(owner.get("/v1/conversations/" + room));
    assertThat(conversation.getJsonArray("members").size()).isEqualTo(1);
  }

  @Test
  void whatIsReadIsNoLongerUnread() {
    RestClient grace = RestClient.of(NODE, "grace");
    RestClient heidi = RestClient.of(NODE, "heidi");
    String room = grace.direct("heidi");
    grace.say(room, "one");
    grace.say(room, "two");

    int before = json(heidi.get("/v1/inbox")).getInteger("badge");
    HttpResponse<String> marked =
        heidi.post("/v1/conversations/" + room + "/read", new JsonObject().put("sequence", "2"));
    int after = json(heidi.get("/v1/inbox")).getInteger("badge");

    assertThat(before).isEqualTo(2);
    assertThat(json(marked).getString("read")).as(marked.body()).isEqualTo("2");
    assertThat(after).isZero();
  }

  @Test
  void theListIsReadInPages() {
    RestClient ivan = RestClient.of(NODE, "ivan");
    for (String peer : List.of("p1", "p2", "p3")) {
      ivan.say(ivan.direct(peer), "hi");
    }

    JsonObject first = json(ivan.get("/v1/inbox?limit=2"));
    JsonObject second = json(ivan.get("/v1/inbox?limit=2&page=" + first.getString("nextPage")));

    assertThat(first.getJsonArray("entries").size()).isEqualTo(2);
    assertThat(second.getJsonArray("entries").size()).isEqualTo(1);
    assertThat(second.getString("nextPage")).isEmpty();
  }
}
