// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.Traces;
import tern.session.CloseCode;

/// What the app's backend says of its users' devices, and what it is told.
@Tag("slow")
final class RestDevicesTest {
  private static final String TOKEN = "6fa1".repeat(16);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);

  private static JsonObject fcm(String address) {
    return new JsonObject()
        .put("registration", new JsonObject().put("fcmToken", address))
        .put("locale", "de-AT")
        .put("timeZone", "Europe/Vienna")
        .put("appVersion", "2.1");
  }

  private static HttpResponse<String> put(String user, String device, JsonObject body) {
    return BACKEND.ask("PUT", "/v1/users/" + user + "/devices/" + device, body.encode());
  }

  private static JsonObject done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static List<JsonObject> devices(String user) {
    return done(BACKEND.get("/v1/users/" + user + "/devices")).getJsonArray("devices").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static boolean isRegistered(String user) {
    return SQL.number("select count(*) from device where user_id = ? and address is not null", user)
        > 0;
  }

  @Test
  void whatIsToldIsListedWithoutItsAddress() {
    JsonObject apns =
        new JsonObject()
            .put("token", TOKEN)
            .put("bundleId", "com.example.app")
            .put("environment", "APNS_ENVIRONMENT_SANDBOX");
    JsonObject body = fcm("").put("registration", new JsonObject().put("apns", apns));

    JsonObject answer = done(put("alice1", "phone", body));

    assertThat(answer.getString("kind")).isEqualTo("PUSH_KIND_APNS");
    assertThat(answer.getString("bundleId")).isEqualTo("com.example.app");
    assertThat(answer.getString("environment")).isEqualTo("APNS_ENVIRONMENT_SANDBOX");
    assertThat(answer.getString("locale")).isEqualTo("de-AT");
    assertThat(devices("alice1")).containsExactly(answer);
    assertThat(answer.encode()).doesNotContain(TOKEN.substring(0, 8));
    assertThat(devices("nobody1")).isEmpty();
  }

  @Test
  void whoLogsOutWhileOfflineIsPushedToNoMore() {
    try (TestClient alice = NODE.connect("alice2")) {
      assertThat(alice.welcome().getUserId()).isEqualTo("alice2");
    }
    done(put("alice2", "alice2-phone", fcm("address-2")));
    assertThat(isRegistered("alice2")).isTrue();

    done(BACKEND.ask("DELETE", "/v1/users/alice2/devices/alice2-phone", ""));

    assertThat(isRegistered("alice2")).isFalse();
    assertThat(devices("alice2"))
        .singleElement()
        .matches(it -> it.getString("kind").equals("PUSH_KIND_UNSPECIFIED"))
        .matches(it -> it.getString("registeredAtMs").equals("0"));
    // There never was such a device; whoever asks need not know.
    assertThat(done(BACKEND.ask("DELETE", "/v1/users/alice2/devices/no-such", "")))
        .isEqualTo(new JsonObject().put("deviceId", "no-such"));
  }

  @Test
  void registrationThatABackendHandsOnIsTakenFromItsLastUser() {
    done(put("alice3", "phone", fcm("shared-3")));

    done(put("bob3", "phone", fcm("shared-3")));

    assertThat(isRegistered("alice3")).isFalse();
    assertThat(isRegistered("bob3")).isTrue();
  }

  @Test
  void revokingTokensEndsPushingToThoseWhoRegisteredWithThem() {
    try (TestClient phone = TestClient.connect(NODE, "alice4", "phone", "main")) {
      done(put("alice4", "phone", fcm("phone-4")));
      done(put("alice4", "tablet", fcm("tablet-4")));

      done(
          BACKEND.post(
              "/v1/users/alice4/tokens/revoke", new JsonObject().put("deviceId", "phone")));

      // In the same transaction: there is nothing to wait for.
      assertThat(kinds("alice4"))
          .containsExactlyInAnyOrder("phone:UNSPECIFIED", "tablet:FCM_TOKEN");
      assertThat(phone.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
  }

  private static List<String> kinds(String user) {
    return devices(user).stream()
        .map(
            it ->
                it.getString("deviceId")
                    + ":"
                    + it.getString("kind").substring("PUSH_KIND_".length()))
        .toList();
  }

  @Test
  void whoIsKeptOutIsPushedToNoMoreAndCanNotBeRegistered() {
    for (String way : List.of("ban", "deactivate")) {
      String user = "alice5-" + way;
      done(put(user, "phone", fcm(user)));

      done(BACKEND.ask("POST", "/v1/users/" + user + "/" + way, way.equals("ban") ? "{}" : ""));

      assertThat(isRegistered(user)).isFalse();
      HttpResponse<String> refused = put(user, "phone", fcm(user));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
      assertThat(isRegistered(user)).isFalse();
    }
  }

  @Test
  void noUserAsksForThem() {
    RestClient self = RestClient.of(NODE, "alice6");
    String path = "/v1/users/alice6/devices";

    assertThat(self.get(path).statusCode()).isEqualTo(403);
    assertThat(self.ask("PUT", path + "/phone", fcm("address-6").encode()).statusCode())
        .isEqualTo(403);
    assertThat(self.ask("DELETE", path + "/phone", "").statusCode()).isEqualTo(403);
    assertThat(isRegistered("alice6")).isFalse();
  }

  @Test
  void whatCanNotBeIsRefusedAndNotQuoted() {
    HttpResponse<String> refused = put("alice7", "phone", fcm("an address-7"));
    HttpResponse<String> none = put("alice7", "phone", fcm("").put("registration", "address-7"));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).getString("detail")).startsWith("fcm_token: 12 characters");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(refused.body() + none.body()).doesNotContain("address-7");
  }

  @Test
  void itsExportTellsOfDevicesWithoutTheirAddresses() {
    done(put("alice8", "phone", fcm("address-8")));

    String lines = BACKEND.get("/v1/users/alice8/export").body();

    assertThat(lines.lines().map(JsonObject::new))
        .filteredOn(it -> it.getString("type").equals("device"))
        .singleElement()
        .matches(it -> it.getString("kind").equals("fcmToken"))
        .matches(it -> it.getString("timeZone").equals("Europe/Vienna"));
    assertThat(lines).doesNotContain("address-8");
  }

  @Test
  void erasureLeavesNothingOfTheirDevices() {
    String user = "alice-to-be-erased-9";
    done(put(user, "phone", fcm("address-of-nine")));
    for (String table : List.of("push_queue", "device_mark", "push_decision")) {
      SQL.run(
          """
          insert into %1$s select (jsonb_populate_record(null::%1$s, jsonb_build_object(
            'user_id', ?::text, 'device_id', 'phone', 'conversation_id', gen_random_uuid(),
            'kind', 1, 'first_sequence', 1, 'through_sequence', 1, 'last_sequence', 1,
            'sequence', 1, 'due_at', 'tomorrow', 'expires_at', 'infinity',
            'decided_at', now(), 'changed_at', now(), 'attempts', 0, 'node', 1, 'outcome', 20))).*
          """
              .formatted(table),
          user);
    }

    JsonObject wish = new JsonObject().put("messages", "delete");
    HttpResponse<String> begun = BACKEND.post("/v1/users/" + user + "/erase", wish);
    String path = "/v1/erasures/" + json(begun).getString("erasureId");

    assertThat(isRegistered(user)).isFalse();
    Eventually.holds(
        "erased",
        Duration.ofSeconds(30),
        () -> !json(BACKEND.get(path)).getString("endedAtMs").equals("0"));
    Eventually.holds(
        "the audit is written",
        Duration.ofSeconds(30),
        () -> Traces.inTables(NODE, user).isEmpty());
    assertThat(Traces.inTables(NODE, "address-of-nine")).isEmpty();
    assertThat(json(BACKEND.get(path)).getJsonArray("places").encode())
        .contains("\"device\"", "\"device_mark\"", "\"push_queue\"", "\"push_decision\"");
  }

  @Test
  void auditTellsWhichDeviceAKeyHasSpokenOfAndNotItsAddress() {
    done(put("alice10", "phone", fcm("address-10")));

    Eventually.holds(
        "noted",
        Duration.ofSeconds(10),
        () -> BACKEND.get("/v1/audit").body().contains("alice10/phone"));

    assertThat(BACKEND.get("/v1/audit").body()).doesNotContain("address-10");
  }
}
