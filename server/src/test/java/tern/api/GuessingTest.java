// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonalRequests;
import tern.TestClient;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;
import tern.v1.ErrorCode;

/// Whoever guesses invitations with many users at hand guesses no faster.
@Tag("slow")
final class GuessingTest {
  private static final String PROXY = "127.0.0.1";

  private static HttpResponse<String> join(RestClient client, String token) {
    return client.post("/v1/conversations/join", new JsonObject().put("token", token));
  }

  @Test
  void addressThatGuessesWithManyUsersWaitsAndNobodyElseDoes() {
    try (TestNode node =
            TestNode.start(
                Map.of(
                    "TERN_LIMITS_FAILED_JOINS_OF_ADDRESS_PER_MINUTE",
                    "4",
                    "TERN_HTTP_TRUSTED_PROXIES",
                    PROXY));
        TestClient alice = node.connect("alice");
        TestClient bob = node.connect("bob");
        Database database = new Database(node.database())) {
      String room = alice.createGroup("team");
      String token = alice.ask(PersonalRequests.invite(room, 0)).getInvitationChanged().getToken();
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> guess = join(RestClient.of(node, "guesser" + i), "guess");
        assertThat(guess.statusCode()).isEqualTo(404);
      }

      assertThat(join(RestClient.of(node, "innocent"), token).statusCode()).isEqualTo(429);
      assertThat(bob.ask(PersonalRequests.join(token)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      RestClient elsewhere =
          RestClient.of(node, "elsewhere").with("X-Forwarded-For", "203.0.113.7");
      assertThat(join(elsewhere, token).statusCode()).isEqualTo(200);
      String key =
          new ApiKeys(database).create("acts", Set.of(Scope.CONVERSATIONS_WRITE, Scope.USERS_ACT));
      RestClient backend = RestClient.of(node).with("Authorization", "Bearer " + key);
      assertThat(join(backend.with("Tern-User", "customer"), token).statusCode()).isEqualTo(200);
    }
  }
}
