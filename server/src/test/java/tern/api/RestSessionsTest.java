// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.UnrulyClient;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.auth.keys.TestKey;
import tern.session.CloseCode;
import tern.store.Database;
import tern.v1.ClientFrame;

/// What the backend sees of users' sessions, and how it ends them and the tokens they stand on.
@Tag("slow")
final class RestSessionsTest {
  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of("TERN_LIMITS_TOKEN_LIFETIME", "2h", "TERN_HTTP_TRUSTED_PROXIES", "127.0.0.1"));

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static JsonArray sessions(String user) {
    return done(BACKEND.get("/v1/users/" + user + "/sessions")).getJsonArray("sessions");
  }

  private static TestClient connect(String user, String device) {
    return TestClient.connect(NODE, user, device, "main");
  }

  @Test
  void sessionsAreListedWithTheirDeviceAndTimesAndWithoutAnAddress() {
    long before = System.currentTimeMillis();
    try (TestClient phone = connect("alice1", "phone")) {
      phone.ask(Requests.inbox(1));

      JsonObject session = sessions("alice1").getJsonObject(0);

      assertThat(session.getString("sessionId")).isEqualTo(phone.welcome().getSessionId());
      assertThat(session.getString("deviceId")).isEqualTo("phone");
      assertThat(session.getString("instanceId")).isEqualTo("main");
      long connected = Long.parseLong(session.getString("connectedAtMs"));
      assertThat(connected).isBetween(before, System.currentTimeMillis());
      assertThat(Long.parseLong(session.getString("activeAtMs")))
          .isBetween(connected, System.currentTimeMillis());
      assertThat(session.encode()).doesNotContain("127.0.0.1");
      assertThat(sessions("nobody1").isEmpty()).isTrue();
    }
  }

  @Test
  void oneDeviceIsDisconnectedAndTheOthersStay() {
    try (TestClient phone = connect("alice2", "phone");
        TestClient tablet = connect("alice2", "tablet")) {
      JsonObject ended =
          done(
              BACKEND.post(
                  "/v1/users/alice2/disconnect", new JsonObject().put("deviceId", "phone")));

      assertThat(ended.getInteger("disconnected")).isEqualTo(1);
      assertThat(phone.awaitClose()).isEqualTo(CloseCode.DISCONNECTED.number());
      assertThat(tablet.ask(Requests.inbox(1)).hasInboxPage()).isTrue();
    }
  }

  @Test
  void oneSessionOrAllAreDisconnected() {
    try (TestClient phone = connect("alice3", "phone");
        TestClient tablet = connect("alice3", "tablet")) {
      String first = phone.welcome().getSessionId();

      done(BACKEND.post("/v1/users/alice3/disconnect", new JsonObject().put("sessionId", first)));
      assertThat(phone.awaitClose()).isEqualTo(CloseCode.DISCONNECTED.number());
      done(BACKEND.post("/v1/users/alice3/disconnect", new JsonObject()));

      assertThat(tablet.awaitClose()).isEqualTo(CloseCode.DISCONNECTED.number());
    }
  }

  @Test
  void revokedTokensCloseTheirSessionsAndOpenNothing() {
    RestClient self = RestClient.of(NODE, "alice4");
    try (TestClient phone = connect("alice4", "phone");
        TestClient tablet = connect("alice4", "tablet")) {
      done(
          BACKEND.post(
              "/v1/users/alice4/tokens/revoke", new JsonObject().put("deviceId", "tablet")));
      assertThat(tablet.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
      assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(200);

      done(BACKEND.post("/v1/users/alice4/tokens/revoke", new JsonObject()));

      assertThat(phone.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
      assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void oneTokenIsRevokedByItsId() throws java.text.ParseException {
    String token = NODE.token("alice5", Duration.ofMinutes(5));
    String id = com.nimbusds.jwt.SignedJWT.parse(token).getJWTClaimsSet().getJWTID();
    JsonObject revoked =
        new JsonObject()
            .put("tokenId", id)
            .put("expiresAtMs", Clock.systemUTC().millis() + 300_000);

    done(BACKEND.post("/v1/tokens/revoke", revoked));

    RestClient self = RestClient.of(NODE).with("Authorization", "Bearer " + token);
    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(401);
    assertThat(RestClient.of(NODE, "alice5").get("/v1/inbox").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatNamesItsDeviceIsVoidWithItWhateverTheDeviceCallsItself() {
    JsonObject forPhone = new JsonObject().put("deviceId", "phone");
    String token = json(BACKEND.post("/v1/users/alice9/tokens", forPhone)).getString("accessToken");
    RestClient self = RestClient.of(NODE).with("Authorization", "Bearer " + token);
    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(200);
    assertThat(closeOf(token, "tablet")).isEqualTo(CloseCode.UNAUTHENTICATED.number());

    try (TestClient phone = TestClient.open(NODE)) {
      assertThat(phone.ask(hello(token, "phone")).hasWelcome()).isTrue();
      done(BACKEND.post("/v1/users/alice9/tokens/revoke", forPhone));

      assertThat(phone.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(401);
    assertThat(closeOf(token, "phone")).isEqualTo(CloseCode.UNAUTHENTICATED.number());
  }

  @Test
  void aSessionDoesNotStandOnAnotherDevicesToken() {
    JsonObject forPhone = new JsonObject().put("deviceId", "phone");
    String token =
        json(BACKEND.post("/v1/users/alice10/tokens", forPhone)).getString("accessToken");
    try (TestClient tablet = connect("alice10", "tablet")) {
      tablet.send(Requests.refresh(token));

      assertThat(tablet.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
  }

  private static ClientFrame.Builder hello(String token, String device) {
    return UnrulyClient.hello(token, device, "main").toBuilder();
  }

  private static int closeOf(String token, String device) {
    try (TestClient client = TestClient.open(NODE)) {
      client.send(hello(token, device));
      return client.awaitClose();
    }
  }

  @Test
  void aTokensEndThatIsLongOverIsRefused() {
    long now = System.currentTimeMillis();
    JsonObject inSeconds = new JsonObject().put("tokenId", "t").put("expiresAtMs", now / 1_000);
    JsonObject justOver = new JsonObject().put("tokenId", "t").put("expiresAtMs", now - 1_000);

    HttpResponse<String> refused = BACKEND.post("/v1/tokens/revoke", inSeconds);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).getString("detail")).contains("expiresAtMs", "milliseconds");
    assertThat(BACKEND.post("/v1/tokens/revoke", justOver).statusCode()).isEqualTo(200);
  }

  @Test
  void anIssuedTokenIsRevokedByTheIdThatItsAnswerTells() {
    JsonObject issued = json(BACKEND.post("/v1/users/alice8/tokens", new JsonObject()));
    RestClient self =
        RestClient.of(NODE).with("Authorization", "Bearer " + issued.getString("accessToken"));
    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(200);

    issued.remove("accessToken");
    done(BACKEND.post("/v1/tokens/revoke", issued));

    assertThat(self.get("/v1/inbox").statusCode()).isEqualTo(401);
  }

  @Test
  void aServerThatVerifiesByAKeySetAloneIssuesNoTokens(@TempDir Path folder) throws Exception {
    Path keys =
        Files.writeString(
            folder.resolve("jwks.json"), TestKey.jwks(TestKey.of("ES256", "of-the-app")));
    Map<String, String> settings =
        Map.of("TERN_AUTH_SECRET", "", "TERN_AUTH_JWKS", keys.toString());
    try (TestNode node = TestNode.start(settings);
        Database database = new Database(node.database())) {
      String key = new ApiKeys(database).create("all", EnumSet.allOf(Scope.class));

      HttpResponse<String> refused =
          RestClient.of(node)
              .with("Authorization", "Bearer " + key)
              .post("/v1/users/alice9/tokens", new JsonObject());

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(json(refused).getString("code")).isEqualTo("ERROR_CODE_UNSUPPORTED");
      assertThat(json(refused).getBoolean("mayRetry")).isFalse();
    }
  }

  @Test
  void issuedTokensLiveAsLongAsTheSettingAllows() {
    JsonObject within = new JsonObject().put("lifetimeSeconds", 7_200);
    JsonObject beyond = new JsonObject().put("lifetimeSeconds", 7_201);

    assertThat(BACKEND.post("/v1/users/alice6/tokens", within).statusCode()).isEqualTo(201);
    assertThat(BACKEND.post("/v1/users/alice6/tokens", beyond).statusCode()).isEqualTo(400);
  }

  @Test
  void nobodyActsForWhoIsKeptOut() {
    RestClient forAlice = BACKEND.with("Tern-User", "alice7");
    done(BACKEND.post("/v1/users/alice7/ban", new JsonObject()));

    assertThat(forAlice.get("/v1/inbox").statusCode()).isEqualTo(403);
    done(BACKEND.post("/v1/users/alice7/unban", ""));

    assertThat(forAlice.get("/v1/inbox").statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressThatBringsManyRefusedTokensWaits() {
    RestClient guessing =
        RestClient.of(NODE)
            .with("X-Forwarded-For", "192.0.2.1")
            .with("Authorization", "Bearer tern_abcdefghijkl_" + "x".repeat(43));
    for (int i = 0; i < 100; i++) {
      assertThat(guessing.get("/v1/inbox").statusCode()).isEqualTo(401);
    }

    HttpResponse<String> refused = guessing.get("/v1/inbox");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(BACKEND.with("X-Forwarded-For", "192.0.2.2").get("/v1/audit").statusCode())
        .isEqualTo(200);
    try (TestClient socket = connect("alice8", "phone")) {
      assertThat(socket.welcome().getUserId()).isEqualTo("alice8");
    }
  }
}
