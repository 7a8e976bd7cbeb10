// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.journey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.CapturedLog;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.Traces;
import tern.UnrulyClient;
import tern.store.TestPostgres;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.ServerFrame;

/// What people write reaches no log, no meter and no error, whatever goes wrong with it.
@Tag("slow")
final class ContentStaysOutTest {
  private static final String CANARY = "canary-5up3r-pr1vate";
  private static final String HEX =
      HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));

  @AutoClose private final CapturedLog log = CapturedLog.from(Level.DEBUG);
  private final StringBuilder errors = new StringBuilder();

  private void ask(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    if (answer.hasError()) {
      errors.append(answer.getError().getMessage()).append('\n');
    }
  }

  private static ClientFrame.Builder canary(String room) {
    ClientFrame.Builder message = TestClient.message(room, CANARY, UUID.randomUUID());
    message.getSendMessageBuilder().putMetadata(CANARY, CANARY);
    return message;
  }

  private void sendInAllWaysThatFail(TestClient alice, String room) {
    UUID id = UUID.randomUUID();
    ask(alice, TestClient.message(room, CANARY, id));
    ask(alice, TestClient.message(room, CANARY, id));
    ask(alice, TestClient.message(room, CANARY + " changed", id));
    ask(alice, TestClient.message(room, CANARY.repeat(1_000), UUID.randomUUID()));
    ask(alice, TestClient.message(room, CANARY + '\0', UUID.randomUUID()));
    ask(alice, TestClient.message(UUID.randomUUID().toString(), CANARY, id));
    ClientFrame.Builder custom = canary(room);
    custom
        .getSendMessageBuilder()
        .setContent(Content.newBuilder().setCustom(Custom.newBuilder().setJson(CANARY)));
    ask(alice, custom);
    ClientFrame.Builder crowded = canary(room);
    for (int i = 0; i < 20; i++) {
      crowded.getSendMessageBuilder().putMetadata(CANARY + i, CANARY);
    }
    ask(alice, crowded);
    ask(alice, Requests.inboxSince(CANARY, 1));
    ask(alice, Requests.inboxPage(CANARY, 1));
  }

  private void sendWhatTheStoreRefuses(TestNode node, TestClient alice, String room) {
    try (TestSql sql = TestSql.of(node)) {
      sql.run(
          "alter table message add constraint no_canary check (position("
              + TestSql.hex(CANARY)
              + " in body) = 0) not valid");
      ask(alice, canary(room));
      sql.run("alter table message drop constraint no_canary");
      sql.run(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      ask(alice, canary(room));
      sql.run("alter table message rename to message_gone");
      ask(alice, canary(room));
      ask(alice, Requests.before(room, 0, 10));
    }
  }

  private void sendWhatIsNoFrame(TestNode node) {
    byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
    for (int firstByte : List.of(UnrulyClient.BINARY, UnrulyClient.TEXT, 0xF2)) {
      try (UnrulyClient client = UnrulyClient.greeted(node, "alice", "raw")) {
        errors.append(client.send(firstByte, canary).goodbye()).append('\n');
      }
    }
    ClientFrame hello =
        UnrulyClient.hello(node.token("alice", Duration.ofHours(1)) + CANARY, "phone", "main");
    try (UnrulyClient client = UnrulyClient.greeted(node, hello)) {
      errors.append(client.goodbye()).append('\n');
    }
  }

  @Test
  void contentReachesNoLogNoMeterAndNoError() {
    String metrics;
    String token;
    try (TestNode node = TestNode.start();
        TestClient alice = node.connect("alice");
        TestClient bob = node.connect("bob")) {
      token = node.token("alice", Duration.ofHours(1));
      String room = alice.openDirect("bob");
      ask(alice, canary(room));
      assertThat(TestClient.text(bob.awaitChanges().getMessages(0))).isEqualTo(CANARY);
      sendInAllWaysThatFail(alice, room);
      sendWhatIsNoFrame(node);
      sendWhatTheStoreRefuses(node, alice, room);
      metrics = Traces.metrics(node);
    }

    assertThat(log.text())
        .contains("a message could not be stored", "DEBUG")
        .doesNotContain(CANARY, HEX, token.substring(0, 40));
    assertThat(metrics).contains("tern_intake_groups_total").doesNotContain(CANARY, HEX);
    assertThat(errors.toString())
        .contains("client_message_id", "UNAUTHENTICATED")
        .doesNotContain(CANARY, HEX);
    assertThat(TestPostgres.log()).contains("no_canary").doesNotContain(CANARY, HEX);
  }
}
