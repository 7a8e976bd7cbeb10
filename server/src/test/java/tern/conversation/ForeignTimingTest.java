// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.TestClient;
import tern.TestNode;
import tern.Timing;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;

/// Nobody learns by the clock whether a conversation exists that is none of theirs: a long one of
/// many members is refused as fast as one that does not exist.
@Tag("slow")
final class ForeignTimingTest {
  private static final int MEMBERS = 100;
  private static final int MESSAGES = 300;

  @AutoClose private static final TestNode NODE = TestNode.start();

  @AutoClose private static final TestClient MALLORY = NODE.connect("mallory");

  private static final String LONG_GROUP = longGroup();

  // An acknowledgement is answered by nothing.
  static Stream<Named<Function<String, ClientFrame.Builder>>> requests() {
    return ForeignRequests.all(MALLORY).entrySet().stream()
        .filter(it -> it.getKey() != FrameCase.ACKNOWLEDGE)
        .map(it -> Named.of(it.getKey().name(), it.getValue()));
  }

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

  @ParameterizedTest
  @MethodSource("requests")
  void foreignIsRefusedAsFastAsUnknown(Function<String, ClientFrame.Builder> request) {
    String unknown = UUID.randomUUID().toString();

    Timing.assertAlike(
        () -> MALLORY.ask(request.apply(LONG_GROUP)), () -> MALLORY.ask(request.apply(unknown)));
  }
}
