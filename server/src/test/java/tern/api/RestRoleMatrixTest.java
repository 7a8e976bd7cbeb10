// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.RoleMatrix;
import tern.RoleMatrix.Who;
import tern.TestClient;
import tern.TestNode;

/// REST lets everybody do with a group what the socket lets them do, and nothing else: each
/// operation, asked by each of them with their own token, has the answer of the one table.
@Tag("slow")
final class RestRoleMatrixTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private static final Map<Who, TestClient> CLIENTS = new EnumMap<>(Who.class);

  private static TestClient client(Who who) {
    return CLIENTS.computeIfAbsent(who, it -> NODE.connect(it.name()));
  }

  // Of the member's message, where it is about one.
  private static Map<String, String> variables(String room) {
    return Map.of(
        "conversationId",
        room,
        "userId",
        "bystander",
        "sequence",
        "1",
        "invitationId",
        UUID.randomUUID().toString());
  }

  // The file's own examples would ask for more than a row is about.
  private static String body(Operation operation, String room) {
    JsonObject target =
        new JsonObject()
            .put("conversationId", room)
            .put("clientMessageId", UUID.randomUUID().toString());
    return switch (operation) {
      case UPDATE_CONVERSATION -> "{\"name\": \"another name\"}";
      case FORWARD_MESSAGE -> new JsonObject().put("targets", new JsonArray().add(target)).encode();
      default -> SampleRequests.bodies(operation).getFirst();
    };
  }

  private static char outcome(HttpResponse<String> answer) {
    JsonArray outcomes = RestClient.json(answer).getJsonArray("outcomes", new JsonArray());
    if (!outcomes.isEmpty() && outcomes.getJsonObject(0).containsKey("error")) {
      assertThat(outcomes.encode()).contains("FORBIDDEN");
      return '-';
    }
    return switch (answer.statusCode()) {
      case 200, 201 -> '+';
      case 403 -> '-';
      case 404 -> '0';
      case 400 -> 'i';
      default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
    };
  }

  static Stream<Operation> aboutConversations() {
    return EveryOperationTest.aboutConversations();
  }

  @ParameterizedTest
  @MethodSource("aboutConversations")
  void everybodyMayWhatTheTableSays(Operation operation) {
    String room = RoleMatrix.group(RestRoleMatrixTest::client);
    String path = SampleRequests.path(operation, variables(room));
    String body = body(operation, room);
    StringBuilder outcomes = new StringBuilder();

    for (Who who : Who.values()) {
      RestClient caller = RestClient.of(NODE, who.name());
      outcomes.append(outcome(caller.ask(operation.method().name(), path, body)));
    }

    assertThat(outcomes).hasToString(RoleMatrix.TABLE.get(operation.asks()));
  }
}
