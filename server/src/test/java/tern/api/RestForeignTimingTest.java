// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.MatrixRequests;
import tern.RoleMatrix;
import tern.TestClient;
import tern.TestNode;
import tern.Timing;

/// Nobody learns over REST whether a conversation exists that is none of theirs, neither from what
/// is answered nor by the clock: a long one of many members is refused like one that does not
/// exist.
@Tag("slow")
final class RestForeignTimingTest {
  private static final int MEMBERS = 100;
  private static final int MESSAGES = 300;

  @AutoClose
  private static final TestNode NODE =
      TestNode.start(
          Map.of(
              "TERN_LIMITS_RATES_READS_PER_SECOND", "100000",
              "TERN_LIMITS_RATES_READS_BURST", "100000"));

  private static final RestClient MALLORY = RestClient.of(NODE, "mallory");
  private static final String LONG_GROUP = longGroup();

  private static String longGroup() {
    try (TestClient alice = NODE.connect("alice")) {
      String[] others =
          Stream.iterate(1, it -> it + 1)
              .limit(MEMBERS)
              .map(it -> "member" + it)
              .toArray(String[]::new);
      String room = alice.createGroup("long", others);
      for (int i = 0; i < MESSAGES; i++) {
        alice.say(room, "word " + i);
      }
      return room;
    }
  }

  static Stream<Operation> ofConversations() {
    return Stream.of(Operation.values())
        .filter(it -> it.isOfUsers() && RoleMatrix.TABLE.containsKey(it.asks()));
  }

  private static HttpResponse<String> ask(Operation operation, String room) {
    RestRequest request = RestRequest.of(operation, MatrixRequests.of(operation.asks(), room));
    return MALLORY.ask(operation.method().name(), request.path(), request.body());
  }

  @ParameterizedTest
  @MethodSource("ofConversations")
  void foreignIsRefusedLikeUnknownAndAsFast(Operation operation) {
    String unknown = UUID.randomUUID().toString();
    HttpResponse<String> foreign = ask(operation, LONG_GROUP);
    HttpResponse<String> none = ask(operation, unknown);

    assertThat(foreign.statusCode()).isEqualTo(none.statusCode());
    assertThat(foreign.headers().map().keySet()).isEqualTo(none.headers().map().keySet());
    assertThat(foreign.body().replace(LONG_GROUP, unknown)).isEqualTo(none.body());
    Timing.assertAlike(() -> ask(operation, LONG_GROUP), () -> ask(operation, unknown));
  }
}
