// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.ApiKey;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;

/// What a backend may do with a key, and what is kept of it.
@Tag("slow")
final class ApiKeyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private final ApiKeys keys = new ApiKeys(DATABASE);

  private static RestClient with(String key) {
    return RestClient.of(NODE).with("Authorization", "Bearer " + key);
  }

  @Test
  void aKeyActsForTheUserThatItNames() {
    RestClient backend = with(keys.create("acts", EnumSet.allOf(Scope.class)));
    RestClient forAlice = backend.with("Tern-User", "alice");

    String room = forAlice.direct("bob");
    HttpResponse<String> sent = forAlice.say(room, "from the backend");
    HttpResponse<String> nobody = backend.get("/v1/inbox");

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    assertThat(nobody.statusCode()).isEqualTo(400);
    assertThat(json(nobody).getString("detail")).contains("Tern-User");
  }

  @Test
  void aKeyDoesNothingBeyondItsScopes() {
    RestClient reader =
        with(keys.create("reads", Set.of(Scope.CONVERSATIONS_READ, Scope.USERS_ACT)));
    RestClient selfless = with(keys.create("selfless", Set.of(Scope.CONVERSATIONS_READ)));

    RestClient forAlice = reader.with("Tern-User", "alice");
    assertThat(forAlice.get("/v1/inbox").statusCode()).isEqualTo(200);
    HttpResponse<String> beyond =
        forAlice.post("/v1/conversations/direct", new JsonObject().put("userId", "bob"));

    assertThat(beyond.statusCode()).isEqualTo(403);
    assertThat(json(beyond).getString("detail")).contains("conversations:write");
    assertThat(reader.get("/v1/audit").statusCode()).isEqualTo(403);
    assertThat(selfless.with("Tern-User", "alice").get("/v1/inbox").statusCode()).isEqualTo(403);
  }

  @Test
  void anAccessTokenActsForNobodyElseAndIsNoBackend() {
    RestClient alice = RestClient.of(NODE, "alice");

    assertThat(alice.with("Tern-User", "alice").get("/v1/inbox").statusCode()).isEqualTo(200);
    assertThat(alice.with("Tern-User", "bob").get("/v1/inbox").statusCode()).isEqualTo(403);
    assertThat(alice.get("/v1/audit").statusCode()).isEqualTo(403);
    assertThat(alice.post("/v1/users/bob/tokens", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void aRevokedKeyOpensNothing() {
    String text = keys.create("revoked", Set.of(Scope.AUDIT_READ));
    assertThat(with(text).get("/v1/audit").statusCode()).isEqualTo(200);

    assertThat(keys.revoke(idOf(text))).isTrue();
    assertThat(keys.revoke(idOf(text))).isFalse();

    Eventually.holds(
        "the key is refused", PATIENCE, () -> with(text).get("/v1/audit").statusCode() == 401);
  }

  private static String idOf(String text) {
    return text.substring("tern_".length(), "tern_".length() + 12);
  }

  @Test
  void aKeyThatDiffersInOneCharacterIsNone() {
    String text = keys.create("altered", Set.of(Scope.AUDIT_READ));
    String last = text.endsWith("A") ? "Q" : "A";

    String altered = text.substring(0, text.length() - 1) + last;
    for (String other : List.of(altered, text + "A", text.replace("tern_", "tern_x"), "tern_")) {
      HttpResponse<String> answer = with(other).get("/v1/audit");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
      assertThat(answer.body()).doesNotContain(other);
    }
  }

  @Test
  void twoKeysOfOneNameAreValidAndNoThird() {
    Set<Scope> scopes = Set.of(Scope.AUDIT_READ);
    String first = keys.create("rotated", scopes);
    String second = keys.create("rotated", scopes);

    assertThat(with(first).get("/v1/audit").statusCode()).isEqualTo(200);
    assertThat(with(second).get("/v1/audit").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> keys.create("rotated", scopes)).hasMessageContaining("two valid keys");
    keys.revoke(idOf(first));
    assertThat(keys.create("rotated", scopes)).startsWith("tern_");
  }

  @Test
  void onlyAHashOfAKeyIsKept() {
    String text = keys.create("hashed", Set.of(Scope.AUDIT_READ));
    String secret = text.substring(text.length() - 43);

    try (TestSql sql = TestSql.of(NODE)) {
      assertThat(
              sql.number(
                  "select count(*) from api_key k where position(? in k::text) > 0"
                      + " or position(?::bytea in k.hash) > 0",
                  secret,
                  secret.getBytes(StandardCharsets.US_ASCII)))
          .isZero();
      assertThat(
              sql.number(
                  "select count(*) from api_key where hash = sha256(convert_to(?, 'UTF8'))", text))
          .isEqualTo(1);
    }
  }

  @Test
  void whatAKeyDidIsAuditedWithoutItsContent() {
    String text = keys.create("audited", EnumSet.allOf(Scope.class));
    RestClient forCarol = with(text).with("Tern-User", "carol");
    String room = forCarol.direct("dave");
    forCarol.say(room, "a canary in the audit");
    forCarol.ask("DELETE", "/v1/conversations/" + room + "/messages/1", "");
    with(text).get("/v1/inbox");

    Eventually.holds("four calls are audited", PATIENCE, () -> audit(text, 100).size() >= 4);
    List<String> lines =
        audit(text, 100).stream()
            .map(JsonObject.class::cast)
            .filter(it -> !it.getString("operation").equals("readAudit"))
            .map(
                it ->
                    it.getString("operation")
                        + " "
                        + it.getString("actsFor")
                        + " "
                        + it.getString("subject")
                        + " "
                        + it.getInteger("status"))
            .toList();

    assertThat(lines)
        .containsExactly(
            "listInbox   400",
            "deleteMessage carol " + room + "/1 200",
            "sendMessage carol " + room + " 201",
            "openDirect carol  201",
            "createKey   200");
    assertThat(lines.toString()).doesNotContain("canary");
    Eventually.holds("its last use is noted", PATIENCE, () -> lastUsed(idOf(text)));
  }

  @Test
  void whatIsRefusedInAUsersNameIsAuditedToo() {
    String text = keys.create("refused", EnumSet.allOf(Scope.class));
    with(text).post("/v1/users/mallory/deactivate", "");

    assertThat(with(text).with("Tern-User", "mallory").get("/v1/inbox").statusCode())
        .isEqualTo(403);
    assertThat(with(text).with("Tern-User", "no user").get("/v1/inbox").statusCode())
        .isEqualTo(400);

    Eventually.holds("the calls are audited", PATIENCE, () -> audit(text, 100).size() >= 4);
    assertThat(audit(text, 100).stream().map(JsonObject.class::cast).toList())
        .anyMatch(it -> it.getString("actsFor").equals("mallory") && it.getInteger("status") == 403)
        .anyMatch(it -> it.getString("actsFor").isEmpty() && it.getInteger("status") == 400);
  }

  @Test
  void whoMadeAndRevokedAKeyIsToldByTheAudit() {
    String text = keys.create("made", Set.of(Scope.AUDIT_READ));
    String reader = keys.create("reads", Set.of(Scope.AUDIT_READ));
    keys.revoke(idOf(text));

    HttpResponse<String> audit = with(reader).get("/v1/audit?keyId=" + idOf(text));

    assertThat(json(audit).getJsonArray("entries").stream().map(JsonObject.class::cast).toList())
        .extracting(it -> it.getString("operation"))
        .containsExactly("revokeKey", "createKey");
  }

  private boolean lastUsed(String id) {
    return keys.list().stream()
        .filter(it -> it.id().equals(id))
        .map(ApiKey::lastUsedAt)
        .anyMatch(Optional::isPresent);
  }

  private JsonArray audit(String text, int limit) {
    HttpResponse<String> answer =
        with(text).get("/v1/audit?keyId=" + idOf(text) + "&limit=" + limit);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).getJsonArray("entries");
  }

  @Test
  void theAuditIsReadInPages() {
    String text = keys.create("paged", Set.of(Scope.AUDIT_READ));
    for (int i = 0; i < 3; i++) {
      with(text).get("/v1/audit");
    }
    Eventually.holds("three calls are audited", PATIENCE, () -> audit(text, 100).size() >= 3);

    String path = "/v1/audit?limit=2&keyId=" + idOf(text);
    JsonObject first = json(with(text).get(path));
    JsonObject second = json(with(text).get(path + "&page=" + first.getString("nextPage")));

    long last = number(first.getJsonArray("entries").getJsonObject(1));
    assertThat(number(second.getJsonArray("entries").getJsonObject(0))).isLessThan(last);
  }

  private static long number(JsonObject entry) {
    return Long.parseLong(entry.getString("number"));
  }

  @Test
  void anIssuedTokenIsTheUsers() {
    RestClient backend = with(keys.create("issuer", Set.of(Scope.TOKENS_ISSUE)));

    HttpResponse<String> issued =
        backend.post("/v1/users/erin/tokens", new JsonObject().put("lifetimeSeconds", 60));
    RestClient erin =
        RestClient.of(NODE)
            .with("Authorization", "Bearer " + json(issued).getString("accessToken"));

    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    assertThat(erin.with("Tern-User", "erin").get("/v1/inbox").statusCode()).isEqualTo(200);
  }
}
