// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.UnrulyClient;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.store.Database;
import tern.user.Standings;
import tern.v1.ClientFrame;
import tern.v1.Goodbye;

/// Each close code, brought about on a real socket of a whole node.
@Tag("slow")
final class EveryCloseCodeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_BYTES = 65_536;

  private static final Map<CloseCode, Function<TestNode, UnrulyClient>> SCENARIOS =
      new EnumMap<>(CloseCode.class);

  static {
    SCENARIOS.put(
        CloseCode.NORMAL,
        node -> greeted(node).send(UnrulyClient.CLOSE, new byte[] {3, (byte) 232}));
    SCENARIOS.put(
        CloseCode.PROTOCOL_ERROR, node -> greeted(node).write(new byte[] {(byte) 0x82, 1, 0}));
    SCENARIOS.put(
        CloseCode.UNSUPPORTED_DATA, node -> greeted(node).send(UnrulyClient.TEXT, utf8("{}")));
    SCENARIOS.put(
        CloseCode.INVALID_PAYLOAD,
        node -> greeted(node).send(UnrulyClient.BINARY, new byte[] {(byte) 0xFF}));
    SCENARIOS.put(
        CloseCode.TOO_BIG,
        node -> greeted(node).send(UnrulyClient.BINARY, new byte[MOST_BYTES + 1]));
    SCENARIOS.put(CloseCode.INTERNAL_ERROR, EveryCloseCodeTest::brokenStore);
    SCENARIOS.put(CloseCode.GOING_AWAY, EveryCloseCodeTest::drained);
    SCENARIOS.put(CloseCode.HELLO_TIMEOUT, UnrulyClient::open);
    SCENARIOS.put(CloseCode.IDLE, EveryCloseCodeTest::greeted);
    SCENARIOS.put(CloseCode.SLOW, EveryCloseCodeTest::slowReader);
    SCENARIOS.put(CloseCode.TOKEN_EXPIRED, node -> withToken(node, Duration.ofSeconds(1)));
    SCENARIOS.put(CloseCode.OVERLOADED, EveryCloseCodeTest::oneTooMany);
    SCENARIOS.put(CloseCode.TOO_MANY_FRAMES, EveryCloseCodeTest::flood);
    SCENARIOS.put(CloseCode.UNAUTHENTICATED, node -> withToken(node, Duration.ofMinutes(-10)));
    SCENARIOS.put(
        CloseCode.HELLO_EXPECTED,
        node -> UnrulyClient.open(node).send(Requests.inbox(1).setId(1).build()));
    SCENARIOS.put(
        CloseCode.INVALID_HELLO,
        node -> UnrulyClient.greeted(node, UnrulyClient.hello(token(node), "no device", "main")));
    SCENARIOS.put(
        CloseCode.WRONG_USER,
        node -> greeted(node).send(Requests.refresh(node.token("mallory", HOUR)).setId(2).build()));
    SCENARIOS.put(CloseCode.REPLACED, EveryCloseCodeTest::replaced);
    SCENARIOS.put(CloseCode.TOO_MANY_SESSIONS, EveryCloseCodeTest::ninthSession);
    SCENARIOS.put(CloseCode.BARRED, EveryCloseCodeTest::banned);
    SCENARIOS.put(CloseCode.DISCONNECTED, EveryCloseCodeTest::disconnected);
  }

  private static Map<String, String> settings(CloseCode code) {
    return switch (code) {
      case HELLO_TIMEOUT -> Map.of("TERN_GATEWAY_HELLO_TIMEOUT", "200ms");
      case IDLE -> Map.of("TERN_GATEWAY_PING_INTERVAL", "300ms");
      // Time to read what was said at last.
      case SLOW ->
          Map.of("TERN_GATEWAY_OUTBOX_BYTES", "65536", "TERN_GATEWAY_CLOSE_TIMEOUT", "30s");
      case OVERLOADED -> Map.of("TERN_GATEWAY_MAX_CONNECTIONS", "1");
      case TOO_MANY_FRAMES ->
          Map.of("TERN_GATEWAY_FRAMES_PER_SECOND", "1", "TERN_GATEWAY_FRAMES_BURST", "2");
      default -> Map.of();
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String token(TestNode node) {
    return node.token("alice", HOUR);
  }

  private static UnrulyClient greeted(TestNode node) {
    return UnrulyClient.greeted(node, "alice", "main");
  }

  private static UnrulyClient withToken(TestNode node, Duration lifetime) {
    return UnrulyClient.greeted(
        node, UnrulyClient.hello(node.token("alice", lifetime), "phone", "main"));
  }

  private static UnrulyClient brokenStore(TestNode node) {
    try (TestSql sql = TestSql.of(node)) {
      sql.run("drop table member");
    }
    return greeted(node);
  }

  private static UnrulyClient drained(TestNode node) {
    UnrulyClient client = greeted(node);
    try (TestClient other = node.connect("bob")) {
      assertThat(other.welcome().getUserId()).isEqualTo("bob");
    }
    Thread.startVirtualThread(node::close);
    return client;
  }

  private static UnrulyClient slowReader(TestNode node) {
    try (TestClient bob = node.connect("bob")) {
      String room = bob.openDirect("alice");
      UnrulyClient alice = greeted(node);
      for (int i = 0; i < 1_000; i++) {
        bob.send(TestClient.message(room, "x".repeat(16_000), UUID.randomUUID()));
        if (i % 50 == 49) {
          bob.await(frame -> frame.getAccepted().getSequence() > 0);
        }
      }
      return alice;
    }
  }

  private static UnrulyClient oneTooMany(TestNode node) {
    TestClient first = node.connect("bob");
    assertThat(first.welcome().getUserId()).isEqualTo("bob");
    return greeted(node);
  }

  private static UnrulyClient flood(TestNode node) {
    UnrulyClient client = greeted(node);
    for (int i = 2; i < 40; i++) {
      client.send(Requests.inbox(1).setId(i).build());
    }
    return client;
  }

  private static UnrulyClient replaced(TestNode node) {
    UnrulyClient first = UnrulyClient.greeted(node, "alice", "tab");
    // Else it might be the later one.
    assertThat(first.frame().hasWelcome()).isTrue();
    TestClient.connect(node, "alice", "phone", "tab").close();
    return first;
  }

  private static UnrulyClient banned(TestNode node) {
    UnrulyClient client = greeted(node);
    try (Database database = new Database(node.database())) {
      new Standings(database).ban(new UserId("alice"), Optional.empty(), "spam");
    }
    return client;
  }

  private static UnrulyClient disconnected(TestNode node) {
    UnrulyClient client = greeted(node);
    try (Database database = new Database(node.database());
        HttpClient http = HttpClient.newHttpClient()) {
      String key = new ApiKeys(database).create("backend", Set.of(Scope.SESSIONS_WRITE));
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + node.port() + "/v1/users/alice/disconnect"))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return client;
  }

  private static UnrulyClient ninthSession(TestNode node) {
    for (int i = 0; i < 8; i++) {
      assertThat(TestClient.connect(node, "alice", "phone", "tab" + i).welcome().getUserId())
          .isEqualTo("alice");
    }
    return UnrulyClient.greeted(node, "alice", "tab8");
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeIsProducedAndSaysWhetherToComeBack(CloseCode code) {
    assertThat(SCENARIOS).as("a scenario for each code").containsKey(code);
    try (TestNode node = TestNode.start(settings(code));
        UnrulyClient client = scenario(code).apply(node)) {
      Goodbye goodbye = client.goodbye();

      assertThat(client.closeCode()).isEqualTo(code.number());
      // The echo of a client's own close needs no goodbye.
      if (code != CloseCode.NORMAL) {
        assertThat(goodbye.getCloseCode()).isEqualTo(code.number());
        assertThat(goodbye.getName()).isEqualTo(code.name());
        assertThat(goodbye.getMayComeBack()).isEqualTo(code.mayComeBack());
        assertThat(goodbye.getComeBackAfterMs()).isBetween(0, code.mayComeBack() ? 20_000 : 0);
      }
    }
  }

  private static Function<TestNode, UnrulyClient> scenario(CloseCode code) {
    return SCENARIOS.getOrDefault(
        code,
        _ -> {
          throw new AssertionError("no scenario for " + code);
        });
  }

  @Test
  void numbersTellWhetherToComeBack() {
    for (CloseCode code : CloseCode.values()) {
      if (code.number() >= 4_000) {
        assertThat(code.mayComeBack()).isEqualTo(code.number() < 4_500);
      }
    }
  }

  @Test
  void theDeviceAfterTheTwentiethIsOneTooMany() {
    try (TestNode node = TestNode.start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(TestClient.connect(node, "alice", "phone" + i, "app").welcome().getUserId())
            .isEqualTo("alice");
      }
      // A second session of a device that has one is none of another.
      assertThat(TestClient.connect(node, "alice", "phone0", "tab").welcome().getUserId())
          .isEqualTo("alice");

      try (UnrulyClient client =
          UnrulyClient.greeted(node, UnrulyClient.hello(token(node), "phone20", "app"))) {
        assertThat(client.goodbye().getCloseCode()).isEqualTo(CloseCode.TOO_MANY_SESSIONS.number());
      }
    }
  }

  @Test
  void secondHelloIsOneTooMany() {
    try (TestNode node = TestNode.start();
        UnrulyClient client = greeted(node)) {
      client.send(UnrulyClient.hello(token(node), "phone", "main"));
      client.goodbye();

      assertThat(client.closeCode()).isEqualTo(CloseCode.HELLO_EXPECTED.number());
    }
  }

  @Test
  void tokenOfAnotherSecretIsRefusedWhenRefreshing() {
    try (TestNode node = TestNode.start();
        TestClient alice = node.connect("alice")) {
      assertThat(alice.ask(Requests.refresh(token(node))).getTokenRefreshed())
          .matches(it -> it.getTokenExpiresAtMs() > System.currentTimeMillis());
      ClientFrame.Builder forged = Requests.refresh(token(node) + "x");

      alice.send(forged);

      assertThat(alice.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
  }
}
