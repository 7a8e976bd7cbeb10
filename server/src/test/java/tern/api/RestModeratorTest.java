// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestNode;
import tern.auth.key.Scope;

/// The app's backend keeps order in conversations of which it is no member, whoever is kept out.
@Tag("slow")
final class RestModeratorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String OWNER = "{\"role\": \"ROLE_OWNER\"}";

  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final RestClient ADMIN = backend("admin", EnumSet.allOf(Scope.class));
  private static final RestClient MODERATOR =
      backend("moderator", EnumSet.of(Scope.CONVERSATIONS_MODERATE));

  private static RestClient backend(String name, EnumSet<Scope> scopes) {
    return RestClient.backend(NODE, name, scopes);
  }

  private static String path(String room) {
    return "/v1/moderation/conversations/" + room;
  }

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  @Test
  void whatABannedUserWroteInADirectIsTakenDown() {
    RestClient mallory = RestClient.of(NODE, "mallory1");
    String room = mallory.direct("bob1");
    String sequence = json(mallory.say(room, "unwanted")).getString("sequence");
    done(ADMIN.post("/v1/users/mallory1/ban", "{}"));

    String message = path(room) + "/messages/" + sequence;
    JsonObject deleted = done(MODERATOR.ask("DELETE", message, "")).getJsonObject("message");
    String again = done(MODERATOR.ask("DELETE", message, "")).getString("revision");

    assertThat(deleted.getString("deletedById")).isEqualTo("business");
    assertThat(again).isEqualTo("0");
    HttpResponse<String> history =
        RestClient.of(NODE, "bob1").get("/v1/conversations/" + room + "/messages");
    assertThat(history.body()).doesNotContain("unwanted").contains("deletedAtMs");
    Eventually.holds(
        "it is audited", PATIENCE, () -> ADMIN.get("/v1/audit").body().contains("moderateMessage"));
  }

  @Test
  void aGroupWhoseOnlyOwnerIsBannedGetsAnother() {
    RestClient owner = RestClient.of(NODE, "owner2");
    String room = owner.group("heir2");
    done(ADMIN.post("/v1/users/owner2/ban", "{}"));

    done(MODERATOR.ask("PUT", path(room) + "/members/heir2/role", OWNER));
    String member = "{\"role\": \"ROLE_MEMBER\"}";
    done(MODERATOR.ask("PUT", path(room) + "/members/owner2/role", member));

    HttpResponse<String> renamed =
        RestClient.of(NODE, "heir2")
            .ask("PATCH", "/v1/conversations/" + room, "{\"postRole\": \"ROLE_OWNER\"}");
    assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
    assertThat(MODERATOR.ask("PUT", path(room) + "/members/heir2/role", member).statusCode())
        .as("the last owner stays one")
        .isEqualTo(403);
    assertThat(MODERATOR.ask("PUT", path(room) + "/members/nobody2/role", OWNER).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aGroupIsRenamedAndFrozen() {
    String room = RestClient.of(NODE, "owner3").group("bob3");
    String wanted =
        "{\"name\": \"Calm\", \"frozen\": true, \"joinableByKey\": true,"
            + " \"postRole\": \"ROLE_OWNER\"}";

    JsonObject changed =
        done(MODERATOR.ask("PATCH", path(room), wanted)).getJsonObject("conversation");

    assertThat(changed.getString("name")).isEqualTo("Calm");
    assertThat(changed.getBoolean("frozen")).isTrue();
    assertThat(changed.getBoolean("joinableByKey")).isTrue();
    assertThat(RestClient.of(NODE, "bob3").say(room, "may I?").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNoneOrADirectIsRefused() {
    String none = path(UUID.randomUUID().toString());
    String direct = path(RestClient.of(NODE, "alice4").direct("bob4"));
    String named = "{\"name\": \"x\"}";

    assertThat(MODERATOR.ask("PATCH", none, named).statusCode()).isEqualTo(404);
    assertThat(MODERATOR.ask("DELETE", none + "/messages/1", "").statusCode()).isEqualTo(404);
    assertThat(MODERATOR.ask("PUT", none + "/members/bob4/role", OWNER).statusCode())
        .isEqualTo(404);
    assertThat(MODERATOR.ask("PATCH", direct, named).statusCode()).isEqualTo(403);
    assertThat(MODERATOR.ask("PUT", direct + "/members/bob4/role", OWNER).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theAppKeepsMetadataWithTwoThoughOneBlocksTheOther() {
    RestClient alice = RestClient.of(NODE, "alice6");
    String room = alice.direct("bob6");
    String order = "{\"metadata\": {\"entries\": {\"order\": \"1234\"}}}";
    assertThat(alice.ask("PUT", "/v1/blocks/bob6", "{\"blocked\": true}").statusCode())
        .isEqualTo(200);

    JsonObject changed = done(MODERATOR.ask("PATCH", path(room), order));

    assertThat(changed.getJsonObject("conversation").getJsonObject("metadata"))
        .isEqualTo(new JsonObject().put("order", "1234"));
    assertThat(alice.ask("PATCH", "/v1/conversations/" + room, order).statusCode()).isEqualTo(403);
  }

  @Test
  void aUserIsNoSuchModeratorNorAnyOtherKey() {
    RestClient alice = RestClient.of(NODE, "alice5");
    String room = alice.group("bob5");
    RestClient other =
        backend("other", EnumSet.complementOf(EnumSet.of(Scope.CONVERSATIONS_MODERATE)));

    for (RestClient client : new RestClient[] {alice, other}) {
      assertThat(client.ask("PATCH", path(room), "{\"name\": \"x\"}").statusCode()).isEqualTo(403);
      assertThat(client.ask("DELETE", path(room) + "/messages/1", "").statusCode()).isEqualTo(403);
    }
  }
}
