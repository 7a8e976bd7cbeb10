// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.session.CloseCode;
import tern.store.TestPostgres;
import tern.v1.Goodbye;
import tern.v1.ServerFrame;

/// How a node begins and ends.
@Tag("slow")
final class TernServerTest {
  private static final String NODE_LOCKS =
      "from pg_locks l join pg_database d on d.oid = l.database"
          + " where l.locktype = 'advisory' and l.granted and d.datname = current_database()";

  @Test
  void secondNodeOnOneDatabaseIsRefused() {
    try (TestNode first = TestNode.start();
        TestClient alice = first.connect("alice")) {
      assertThatThrownBy(() -> TestNode.start(first.database(), Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected: a database for each node");
      assertThat(alice.say(alice.openDirect("bob"), "unharmed").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void secondNodeIsRefusedEvenAfterTheDatabaseHasCutAllConnections() {
    try (TestNode first = TestNode.start();
        TestSql sql = TestSql.of(first)) {
      long before = sql.number("select pid " + NODE_LOCKS);
      sql.run(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      // By another connection: the one that is cut off keeps its lock until it has ended.
      Eventually.holds(
          "the node locks the database again",
          Duration.ofSeconds(10),
          () -> sql.number("select count(*) " + NODE_LOCKS + " and l.pid <> " + before) == 1);

      assertThatThrownBy(() -> TestNode.start(first.database(), Map.of()))
          .hasMessageContaining("expected: a database for each node");
    }
  }

  @Test
  void nodeThatCouldNotStartLetsGoOfTheDatabase() {
    try (TestNode other = TestNode.start()) {
      var database = TestPostgres.newDatabase();
      Map<String, String> takenPort = Map.of("TERN_HTTP_PORT", String.valueOf(other.port()));

      assertThatThrownBy(() -> TestNode.start(database, takenPort))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("http.port: " + other.port());

      try (TestNode again = TestNode.start(database, Map.of());
          TestClient alice = again.connect("alice")) {
        assertThat(alice.welcome().getUserId()).isEqualTo("alice");
      }
    }
  }

  @Test
  void servedNodeGivesTokensToNobody() throws IOException, InterruptedException {
    var database = TestPostgres.newDatabase();
    TernConfig config =
        Settings.read(
            Map.of(
                "TERN_HTTP_PORT", "0",
                "TERN_AUTH_SECRET", "a secret for tests that is long enough",
                "TERN_DATABASE_URL", database.url(),
                "TERN_DATABASE_USER", database.user(),
                "TERN_DATABASE_PASSWORD", database.password()),
            Path.of("no tern.yaml"));
    try (TernServer server = new TernServer(config, config.auth().forServe(), false);
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/demo/token");
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\": \"alice\"}"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void closingTellsEachClientWhenToComeBack() {
    TestNode node = TestNode.start(Map.of("TERN_GATEWAY_DRAIN_SPREAD", "5s"));
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(node.connect("user" + i));
    }

    node.close();

    List<Integer> times = new ArrayList<>();
    for (TestClient client : clients) {
      assertThat(client.awaitClose()).isEqualTo(CloseCode.GOING_AWAY.number());
      Goodbye goodbye = client.await(ServerFrame::hasGoodbye).getGoodbye();
      assertThat(goodbye.getMayComeBack()).isTrue();
      assertThat(goodbye.getComeBackAfterMs()).isBetween(0, 5_000);
      times.add(goodbye.getComeBackAfterMs());
    }
    assertThat(times.stream().distinct()).hasSizeGreaterThan(10);
  }

  @Test
  void whatWasAcceptedBeforeTheEndIsKeptAndNothingElseIsAnswered() {
    TestNode node = TestNode.start(Map.of("TERN_LIMITS_REQUESTS_IN_FLIGHT", "10000"));
    TestClient alice = node.connect("alice");
    String room = alice.openDirect("bob");
    int sent = 800;
    for (int i = 0; i < sent; i++) {
      alice.send(TestClient.message(room, "message " + i, UUID.randomUUID()));
    }
    alice.await(ServerFrame::hasAccepted);

    node.close();
    alice.awaitClose();

    List<String> accepted =
        alice.heard().stream()
            .filter(ServerFrame::hasAccepted)
            .map(frame -> frame.getAccepted().getClientMessageId())
            .toList();
    assertThat(accepted).isNotEmpty();
    try (TestSql sql = TestSql.of(node)) {
      for (String id : accepted) {
        assertThat(sql.number("select count(*) from message where client_message_id = ?::uuid", id))
            .isEqualTo(1);
      }
    }
  }
}
