// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.playground;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.push.TestPhone;

/// What the demo tells of pushes: on lock screens, and to whoever asks why there was none.
@Tag("slow")
final class LockScreenTest {
  // A node that has just started knows of nobody who was there.
  private static final Duration STRANGE = Duration.ofMillis(500);

  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_PUSH_TIMINGS_UNKNOWN", "500ms"));

  @BeforeAll
  static void awaitAcquaintance() {
    Eventually.passes(STRANGE);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + node.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static List<String> outcomes(String room, long sequence) {
    try {
      JsonArray devices =
          new JsonObject(
                  get("/demo/delivery?conversation=" + room + "&sequence=" + sequence).body())
              .getJsonArray("devices");
      return devices.stream()
          .map(JsonObject.class::cast)
          .map(it -> it.getString("userId") + " " + it.getString("outcome"))
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoWhoLookAtOneLockScreenBothSeeWhatIsPushed() {
    try (TestPhone phone = new TestPhone(node, "bob1", "phone");
        TestClient alice = node.connect("alice1")) {
      phone.look(node);
      String room = alice.openDirect("bob1");
      Eventually.passes(STRANGE);

      alice.say(room, "hi");

      assertThat(phone.await(2).getString("conversationId")).isEqualTo(room);
      assertThat(phone.pushes()).hasSize(2);
    }
  }

  @Test
  void whoAsksIsToldWhatBecameOfAMessage() {
    try (TestPhone phone = new TestPhone(node, "bob2", "phone");
        TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");

      alice.say(room, "hi");
      phone.await(1);

      Eventually.holds(
          "told as accepted",
          Duration.ofSeconds(5),
          () -> outcomes(room, 1).contains("bob2 accepted"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?address=",
        "?address=1&address=2&address=3&address=4&address=5"
            + "&address=6&address=7&address=8&address=9"
      })
  void oneToEightLockScreensAreShownAtOnce(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/demo/lock-screen" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("expected: 1 to 8");
  }

  @Test
  void messageThatIsNoneHasNoRecord() throws IOException, InterruptedException {
    String nowhere = "/demo/delivery?conversation=" + UUID.randomUUID() + "&sequence=";

    assertThat(get(nowhere + "1").statusCode()).isEqualTo(404);
    assertThat(get(nowhere + "0").statusCode()).isEqualTo(400);
    assertThat(get("/demo/delivery?conversation=x&sequence=1").statusCode()).isEqualTo(400);
  }
}
