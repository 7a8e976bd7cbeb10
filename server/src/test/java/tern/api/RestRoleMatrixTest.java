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
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.MatrixRequests;
import tern.OpenMatrix;
import tern.OpenMatrix.Watcher;
import tern.PersonMatrix;
import tern.RoleMatrix;
import tern.RoleMatrix.Who;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;

/// REST lets everybody do what the socket lets them do, and nothing else: each operation, asked by
/// each of them with their own token, has the answer of the one table.
@Tag("slow")
final class RestRoleMatrixTest {
  @AutoClose
  private static final TestNode NODE = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  private static final Map<Who, TestClient> CLIENTS = new EnumMap<>(Who.class);

  private static TestClient client(Who who) {
    return CLIENTS.computeIfAbsent(who, it -> NODE.connect(it.name()));
  }

  private static HttpResponse<String> ask(
      String user, Operation operation, ClientFrame.Builder frame) {
    RestRequest request = RestRequest.of(operation, frame);
    return RestClient.of(NODE, user).ask(operation.method().name(), request.path(), request.body());
  }

  private static char letter(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200, 201 -> letter(RestClient.json(answer));
      case 403 -> '-';
      case 404 -> '0';
      case 400 -> 'i';
      default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
    };
  }

  private static char letter(JsonObject answer) {
    for (Object outcome : answer.getJsonArray("outcomes", new JsonArray())) {
      JsonObject error = ((JsonObject) outcome).getJsonObject("error");
      if (error != null) {
        return switch (error.getString("code")) {
          case "ERROR_CODE_FORBIDDEN" -> '-';
          case "ERROR_CODE_NOT_FOUND" -> '0';
          default -> throw new AssertionError(answer.encode());
        };
      }
    }
    boolean isLeftOut = answer.getJsonArray("profiles", new JsonArray().add("")).isEmpty();
    boolean isAway = answer.containsKey("presences") && !answer.encode().contains("online\":true");
    return isLeftOut || isAway ? '0' : '+';
  }

  private static Stream<Operation> ofUsers() {
    return Stream.of(Operation.values()).filter(Operation::isOfUsers);
  }

  @Test
  void everyOperationOfUsersHasItsRow() {
    assertThat(ofUsers())
        .allMatch(
            it ->
                RoleMatrix.TABLE.containsKey(it.asks())
                    || PersonMatrix.TABLE.containsKey(it.asks())
                    || RoleMatrix.OF_ONESELF.contains(it.asks()));
  }

  static Stream<Operation> ofConversations() {
    return ofUsers().filter(it -> RoleMatrix.TABLE.containsKey(it.asks()));
  }

  @ParameterizedTest
  @MethodSource("ofConversations")
  void everybodyMayWhatTheTableSays(Operation operation) {
    Function<Who, String> rooms = RoleMatrix.rooms(NODE, RestRoleMatrixTest::client);

    String row =
        RoleMatrix.row(
            who ->
                letter(
                    ask(
                        who.name(),
                        operation,
                        MatrixRequests.of(operation.asks(), rooms.apply(who)))));

    assertThat(row).isEqualTo(RoleMatrix.TABLE.get(operation.asks()));
  }

  private static final Map<Watcher, TestClient> WATCHERS = new EnumMap<>(Watcher.class);

  private static TestClient client(Watcher who) {
    return WATCHERS.computeIfAbsent(
        who, it -> TestClient.connectWith(NODE, OpenMatrix.token(NODE, it)));
  }

  private static HttpResponse<String> ask(
      Watcher who, Operation operation, ClientFrame.Builder frame) {
    RestRequest request = RestRequest.of(operation, frame);
    return RestClient.of(NODE)
        .with("Authorization", "Bearer " + OpenMatrix.token(NODE, who))
        .ask(operation.method().name(), request.path(), request.body());
  }

  @ParameterizedTest
  @MethodSource("ofConversations")
  void whoIsNoMemberMayWhatTheAccessSays(Operation operation) {
    String row =
        OpenMatrix.row(
            who -> {
              String room = OpenMatrix.room(NODE, client(Who.OWNER), client(who), who);
              return letter(ask(who, operation, MatrixRequests.of(operation.asks(), room)));
            });

    assertThat(row).isEqualTo(OpenMatrix.TABLE.get(operation.asks()));
  }

  static Stream<Operation> aboutPeople() {
    return ofUsers().filter(it -> PersonMatrix.TABLE.containsKey(it.asks()));
  }

  @ParameterizedTest
  @MethodSource("aboutPeople")
  void everybodyMayWithOthersWhatTheTableSays(Operation operation) {
    String row =
        PersonMatrix.row(
            NODE, operation.asks(), it -> letter(ask(it.user(), operation, it.request())));

    assertThat(row).isEqualTo(PersonMatrix.TABLE.get(operation.asks()));
  }

  static Stream<Operation> ofTheBackend() {
    return Stream.of(Operation.values()).filter(it -> !it.isOfUsers());
  }

  // Whatever is named: who may ask at all is looked at first.
  @ParameterizedTest
  @MethodSource("ofTheBackend")
  void whatIsTheBackendsAloneIsForbiddenToEveryUser(Operation operation) {
    Function<Who, String> rooms = RoleMatrix.rooms(NODE, RestRoleMatrixTest::client);

    String row = RoleMatrix.row(who -> letter(ask(who.name(), operation, rooms.apply(who))));

    assertThat(row).isEqualTo("------- ---");
  }

  private static HttpResponse<String> ask(String user, Operation operation, String room) {
    Map<String, String> variables =
        Map.of(
            "conversationId",
            room,
            "userId",
            user,
            "deviceId",
            "phone",
            "sequence",
            "1",
            "number",
            "1",
            "ruleId",
            "a-rule",
            "erasureId",
            UUID.randomUUID().toString());
    return RestClient.of(NODE, user)
        .ask(
            operation.method().name(),
            SampleRequests.path(operation, variables),
            SampleRequests.goodBody(operation));
  }
}
