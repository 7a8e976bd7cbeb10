// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.TestNode;
import tern.auth.key.Scope;

/// The app's backend finds conversations by its own keys for them, and by their members.
@Tag("slow")
final class RestFindTest {
  private static final String PATH = "/v1/conversations";

  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final RestClient READER = backend("reader", EnumSet.of(Scope.CONVERSATIONS_READ));

  private static final RestClient APP =
      backend("app", EnumSet.of(Scope.CONVERSATIONS_WRITE, Scope.USERS_ACT));

  private static RestClient backend(String name, Set<Scope> scopes) {
    return RestClient.backend(NODE, name, scopes);
  }

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return json(answer);
  }

  // By the app's own key: those of users are not what it finds.
  private static String group(String owner, String key, String... others) {
    JsonObject group =
        new JsonObject()
            .put("name", "about " + key)
            .put("key", key)
            .put("userIds", new JsonArray(List.of(others)));
    return done(APP.with("Tern-User", owner).post(PATH, group))
        .getJsonObject("conversation")
        .getString("conversationId");
  }

  private static List<JsonObject> found(JsonObject page) {
    return page.getJsonArray("conversations").stream().map(JsonObject.class::cast).toList();
  }

  private static List<String> ids(JsonObject page) {
    return found(page).stream()
        .map(it -> it.getJsonObject("conversation").getString("conversationId"))
        .toList();
  }

  @Test
  void aKeyFindsItsOneConversationAsItStands() {
    String room = group("alice1", "order-1", "bob1");
    JsonObject said = done(RestClient.of(NODE, "bob1").say(room, "a word"));

    List<JsonObject> page = found(done(READER.get(PATH + "?key=order-1")));

    assertThat(page).hasSize(1);
    JsonObject conversation = page.getFirst().getJsonObject("conversation");
    assertThat(conversation.getString("conversationId")).isEqualTo(room);
    assertThat(conversation.getString("kind")).isEqualTo("CONVERSATION_KIND_GROUP");
    assertThat(conversation.getString("key")).isEqualTo("order-1");
    assertThat(conversation.getString("name")).isEqualTo("about order-1");
    assertThat(conversation.getInteger("memberCount")).isEqualTo(2);
    assertThat(page.getFirst().getString("activeAtMs")).isEqualTo(said.getString("createdAtMs"));
  }

  @Test
  void whatNobodyKnowsFindsNothing() {
    group("alice2", "order-2");
    JsonObject nothing = new JsonObject().put("conversations", new JsonArray()).put("nextPage", "");

    assertThat(done(READER.get(PATH + "?key=order"))).isEqualTo(nothing);
    assertThat(done(READER.get(PATH + "?userId=nobody2"))).isEqualTo(nothing);
  }

  @Test
  void aKeyThatIsFreeAgainFindsNothing() {
    String room = group("alice3", "order-3");
    done(RestClient.of(NODE, "alice3").ask("DELETE", PATH + "/" + room, ""));

    assertThat(found(done(READER.get(PATH + "?key=order-3")))).isEmpty();
    assertThat(found(done(READER.get(PATH + "?userId=alice3")))).isEmpty();
  }

  @Test
  void aUsersAreFoundWhateverTheirKindAndPlace() {
    RestClient alice = RestClient.of(NODE, "alice4");
    String direct = alice.direct("bob4");
    String own = group("alice4", "own-4");
    String joined = group("bob4", "joined-4", "alice4");
    String left = group("bob4", "left-4", "alice4");
    group("bob4", "foreign-4");
    done(alice.post(PATH + "/" + left + "/leave", ""));
    done(alice.ask("PUT", PATH + "/" + own + "/archive", "{\"archived\": true}"));
    done(alice.post(PATH + "/" + direct + "/hide", "{}"));

    JsonObject page = done(READER.get(PATH + "?userId=alice4"));

    assertThat(ids(page)).containsExactlyInAnyOrder(direct, own, joined);
    assertThat(page.getString("nextPage")).isEmpty();
  }

  @Test
  void pagesHoldEachOnceThoughOneBecomesActiveMeanwhile() {
    Set<String> rooms = new TreeSet<>();
    for (int i = 0; i < 5; i++) {
      rooms.add(group("alice5", "many-" + i));
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      String page = next.isEmpty() ? "" : "&page=" + next;
      JsonObject told = done(READER.get(PATH + "?userId=alice5&limit=2" + page));
      assertThat(ids(told)).hasSizeLessThanOrEqualTo(2);
      seen.addAll(ids(told));
      next = told.getString("nextPage");
      RestClient.of(NODE, "alice5").say(seen.getFirst(), "a word");
    } while (!next.isEmpty());

    assertThat(seen).containsExactlyElementsOf(rooms);
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    group("alice6", "two-1");
    group("alice6", "two-2");

    JsonObject page = done(READER.get(PATH + "?userId=alice6&limit=2"));

    assertThat(found(page)).hasSize(2);
    assertThat(page.getString("nextPage")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?key=order&userId=alice", "?userId=alice&page=7", "?key=", "?userId=a%20b"})
  void whatAsksForNeitherOrBothOrNonsenseIsRefused(String query) {
    HttpResponse<String> answer = READER.get(PATH + query);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).getString("code")).isEqualTo("ERROR_CODE_INVALID_ARGUMENT");
  }

  @Test
  void onlyAKeyWithTheScopeFinds() {
    group("alice8", "order-8");
    RestClient other = backend("other", EnumSet.complementOf(EnumSet.of(Scope.CONVERSATIONS_READ)));

    for (RestClient client : List.of(RestClient.of(NODE, "alice8"), other)) {
      assertThat(client.get(PATH + "?key=order-8").statusCode()).isEqualTo(403);
      assertThat(client.get(PATH + "?userId=alice8").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void whatIsPolledAndUnchangedIsNotSentAgain() {
    String room = group("alice9", "order-9");
    HttpResponse<String> first = READER.get(PATH + "?key=order-9");
    String tag = first.headers().firstValue("etag").orElseThrow();

    RestClient again = READER.with("If-None-Match", tag);

    assertThat(again.get(PATH + "?key=order-9").statusCode()).isEqualTo(304);
    RestClient.of(NODE, "alice9").say(room, "a word");
    assertThat(again.get(PATH + "?key=order-9").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsAuditedWithoutTheKey() {
    RestClient admin = backend("admin", EnumSet.allOf(Scope.class));
    done(admin.get(PATH + "?key=a-secret-name"));

    Eventually.holds(
        "it is audited",
        Duration.ofSeconds(5),
        () -> admin.get("/v1/audit").body().contains("findConversations"));
    assertThat(admin.get("/v1/audit").body()).doesNotContain("a-secret-name");
  }
}
