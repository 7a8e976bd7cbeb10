// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Attachments;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.SendMessage;

/// Each error code, brought about on a real socket of a whole node.
@Tag("slow")
final class EveryErrorCodeTest {
  private static final Set<ErrorCode> MAY_RETRY =
      EnumSet.of(
          ErrorCode.ERROR_CODE_RATE_LIMITED,
          ErrorCode.ERROR_CODE_UNAVAILABLE,
          ErrorCode.ERROR_CODE_INTERNAL);

  private static final Map<ErrorCode, Function<TestNode, Error>> SCENARIOS =
      new EnumMap<>(ErrorCode.class);

  static {
    SCENARIOS.put(
        ErrorCode.ERROR_CODE_INVALID_ARGUMENT, node -> asked(node, Requests.read("no uuid")));
    SCENARIOS.put(
        ErrorCode.ERROR_CODE_UNSUPPORTED,
        node ->
            asked(
                node,
                content(Content.newBuilder().setAttachments(Attachments.getDefaultInstance()))));
    SCENARIOS.put(
        ErrorCode.ERROR_CODE_NOT_FOUND,
        node -> asked(node, Requests.read(UUID.randomUUID().toString())));
    SCENARIOS.put(ErrorCode.ERROR_CODE_FORBIDDEN, EveryErrorCodeTest::leftDirect);
    SCENARIOS.put(
        ErrorCode.ERROR_CODE_TOO_LARGE,
        node -> {
          try (TestClient alice = node.connect("alice")) {
            String room = alice.openDirect("bob");
            return error(alice, TestClient.message(room, "x".repeat(16_384), UUID.randomUUID()));
          }
        });
    SCENARIOS.put(ErrorCode.ERROR_CODE_CONFLICT, EveryErrorCodeTest::idTakenTwice);
    SCENARIOS.put(ErrorCode.ERROR_CODE_GROUP_FULL, EveryErrorCodeTest::fullGroup);
    SCENARIOS.put(ErrorCode.ERROR_CODE_RATE_LIMITED, EveryErrorCodeTest::tooManyMessages);
    SCENARIOS.put(ErrorCode.ERROR_CODE_UNAVAILABLE, EveryErrorCodeTest::heldConversation);
    SCENARIOS.put(ErrorCode.ERROR_CODE_INTERNAL, EveryErrorCodeTest::brokenStore);
    SCENARIOS.put(ErrorCode.ERROR_CODE_LIMIT_REACHED, EveryErrorCodeTest::tooManyReactions);
    SCENARIOS.put(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION, EveryErrorCodeTest::unwantedWord);
  }

  private static Map<String, String> settings(ErrorCode code) {
    return switch (code) {
      case ERROR_CODE_RATE_LIMITED ->
          Map.of("TERN_LIMITS_MESSAGES_PER_SECOND", "1", "TERN_LIMITS_MESSAGES_BURST", "2");
      case ERROR_CODE_UNAVAILABLE -> Map.of("TERN_INTAKE_DEADLINE", "200ms");
      default -> Map.of();
    };
  }

  private static Error error(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError();
  }

  private static Error asked(TestNode node, ClientFrame.Builder request) {
    try (TestClient alice = node.connect("alice")) {
      return error(alice, request);
    }
  }

  private static ClientFrame.Builder content(Content.Builder content) {
    return ClientFrame.newBuilder()
        .setSendMessage(
            SendMessage.newBuilder()
                .setConversationId(UUID.randomUUID().toString())
                .setClientMessageId(UUID.randomUUID().toString())
                .setContent(content));
  }

  private static Error leftDirect(TestNode node) {
    try (TestClient alice = node.connect("alice")) {
      return error(alice, Requests.leave(alice.openDirect("bob")));
    }
  }

  private static Error idTakenTwice(TestNode node) {
    try (TestClient alice = node.connect("alice")) {
      String room = alice.openDirect("bob");
      UUID id = UUID.randomUUID();
      alice.ask(TestClient.message(room, "one", id));
      return error(alice, TestClient.message(room, "other", id));
    }
  }

  private static Error fullGroup(TestNode node) {
    List<String> others = IntStream.range(0, 999).mapToObj(i -> "member" + i).toList();
    try (TestClient alice = node.connect("alice")) {
      String room = alice.createGroup("full", HistoryVisibility.HISTORY_VISIBILITY_START, others);
      return error(alice, Requests.add(room, List.of("one-too-many")));
    }
  }

  private static Error tooManyMessages(TestNode node) {
    try (TestClient alice = node.connect("alice")) {
      String room = alice.openDirect("bob");
      alice.say(room, "one a second");
      return error(alice, TestClient.message(room, "and one more", UUID.randomUUID()));
    }
  }

  private static Error heldConversation(TestNode node) {
    try (TestClient alice = node.connect("alice");
        TestSql other = TestSql.of(node)) {
      String room = alice.openDirect("bob");
      other.begin().lock(room);
      return error(alice, TestClient.message(room, "in vain", UUID.randomUUID()));
    }
  }

  private static Error tooManyReactions(TestNode node) {
    try (TestClient alice = node.connect("alice")) {
      String room = alice.openDirect("bob");
      alice.say(room, "twenty kinds");
      for (int i = 0; i < 20; i++) {
        alice.ask(Requests.react(room, 1, "kind" + i));
      }
      return error(alice, Requests.react(room, 1, "one too many"));
    }
  }

  private static Error unwantedWord(TestNode node) {
    try (TestClient alice = node.connect("alice");
        TestSql sql = TestSql.of(node)) {
      String room = alice.openDirect("bob");
      sql.run(
          "insert into moderation_rule values ('r', 'WORDS', 'REFUSE', '{unwanted}', 0, 0, '')");
      Eventually.holds(
          "the rule is in force",
          Duration.ofSeconds(5),
          () -> alice.ask(TestClient.message(room, "unwanted", UUID.randomUUID())).hasError());
      return error(alice, TestClient.message(room, "unwanted", UUID.randomUUID()));
    }
  }

  private static Error brokenStore(TestNode node) {
    try (TestClient alice = node.connect("alice");
        TestSql sql = TestSql.of(node)) {
      sql.run("drop table direct_pair");
      return error(alice, Requests.openDirect("bob"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERROR_CODE_UNSPECIFIED", "UNRECOGNIZED"})
  void everyCodeIsProducedAndSaysWhetherToRetry(ErrorCode code) {
    assertThat(SCENARIOS).as("a scenario for each code").containsKey(code);
    try (TestNode node = TestNode.start(settings(code))) {
      Error error = scenario(code).apply(node);

      assertThat(error.getCode()).isEqualTo(code);
      assertThat(error.getMayRetry()).isEqualTo(MAY_RETRY.contains(code));
      assertThat(error.getRetryAfterMs()).isBetween(0, MAY_RETRY.contains(code) ? 5_000 : 0);
      assertThat(error.getMessage()).isNotEmpty();
      if (code == ErrorCode.ERROR_CODE_RATE_LIMITED) {
        assertThat(error.getRetryAfterMs()).isPositive();
      }
    }
  }

  private static Function<TestNode, Error> scenario(ErrorCode code) {
    return SCENARIOS.getOrDefault(
        code,
        _ -> {
          throw new AssertionError("no scenario for " + code);
        });
  }
}
