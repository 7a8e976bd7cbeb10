// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;

/// Whose name a conversation's key is: the app's own, or a user's among their own.
@Tag("slow")
final class ConversationKeysTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static HttpResponse<String> create(RestClient caller, String key, boolean joinable) {
    return caller.post(
        "/v1/conversations",
        new JsonObject().put("name", "team").put("key", key).put("joinableByKey", joinable));
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return json(answer).getJsonObject("conversation").getString("conversationId");
  }

  private static HttpResponse<String> join(String user, String key) {
    return RestClient.of(NODE, user)
        .post("/v1/conversations/join", new JsonObject().put("key", key));
  }

  @Test
  void nobodyLearnsFromAKeyWhatOthersHaveNorTakesItFromThem() {
    HttpResponse<String> mallorys = create(RestClient.of(NODE, "mallory"), "order-1", false);
    HttpResponse<String> apps = create(BACKEND.with("Tern-User", "alice"), "order-1", false);
    HttpResponse<String> bobs = create(RestClient.of(NODE, "bob"), "order-1", false);

    assertThat(apps.statusCode()).isEqualTo(201);
    assertThat(bobs.statusCode()).isEqualTo(201);
    assertThat(id(bobs)).isNotEqualTo(id(apps)).isNotEqualTo(id(mallorys));
    assertThat(id(create(RestClient.of(NODE, "bob"), "order-1", false))).isEqualTo(id(bobs));
    assertThat(id(create(BACKEND.with("Tern-User", "alice"), "order-1", false)))
        .isEqualTo(id(apps));
  }

  @Test
  void theBackendFindsItsOwnByKey() {
    create(RestClient.of(NODE, "mallory"), "order-2", false);
    String apps = id(create(BACKEND.with("Tern-User", "alice"), "order-2", false));

    JsonArray found =
        json(BACKEND.get("/v1/conversations?key=order-2")).getJsonArray("conversations");

    assertThat(found).hasSize(1);
    assertThat(found.getJsonObject(0).encode()).contains(apps);
  }

  @Test
  void aKeyLeadsToTheAppsGroupAndNobodyPutsTheirsInItsPlace() {
    RestClient mallory = RestClient.of(NODE, "mallory");
    create(mallory, "club-3", true);
    String apps = id(create(BACKEND.with("Tern-User", "alice"), "club-3", true));
    create(mallory, "closed-3", true);
    create(BACKEND.with("Tern-User", "alice"), "closed-3", false);

    assertThat(id(join("carol", "club-3"))).isEqualTo(apps);
    assertThat(join("carol", "closed-3").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutOneOfTheAppsAKeyLeadsToTheOldest() {
    String alices = id(create(RestClient.of(NODE, "alice"), "club-4", true));
    create(RestClient.of(NODE, "a-later-one"), "club-4", true);

    assertThat(id(join("carol", "club-4"))).isEqualTo(alices);
  }
}
