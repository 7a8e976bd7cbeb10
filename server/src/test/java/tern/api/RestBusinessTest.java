// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;
import tern.v1.Message;

/// The business says something in conversations of which it is no member.
final class RestBusinessTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static final RestClient BACKEND =
      RestClient.of(NODE)
          .with(
              "Authorization",
              "Bearer " + new ApiKeys(DATABASE).create("all", EnumSet.allOf(Scope.class)));

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

  @Test
  void nobodyElseIsTheBusiness() {
    assertThat(RestClient.of(NODE, "business").get("/v1/inbox").statusCode()).isEqualTo(401);
    assertThat(BACKEND.with("Tern-User", "business").get("/v1/inbox").statusCode()).isEqualTo(403);
  }
}
