// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;

/// Nobody learns by the clock whether a conversation exists that is none of theirs: a long one of
/// many members is refused as fast as one that does not exist.
@Tag("slow")
final class ForeignTimingTest {
  private static final int ROUNDS = 200;
  private static final int MEMBERS = 100;
  private static final int MESSAGES = 300;
  // Medians of requests in turn come much closer; one more trip to the store would go beyond it.
  private static final double MOST = 1.6;

  @AutoClose private static final TestNode NODE = TestNode.start();

  static Stream<Named<Function<String, ClientFrame.Builder>>> requests() {
    return Stream.of(
        Named.of("read", Requests::read),
        Named.of("history", room -> Requests.before(room, 0, 50)),
        Named.of("catch-up", Requests::catchUp),
        Named.of("send", room -> TestClient.message(room, "guess", UUID.randomUUID())),
        Named.of("edit", room -> Requests.edit(room, 1, UUID.randomUUID(), "guess")),
        Named.of("search", room -> Requests.search(room, "word")));
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
    List<String> rooms = List.of(longGroup(), UUID.randomUUID().toString());
    long[][] nanos = new long[rooms.size()][ROUNDS];
    try (TestClient mallory = NODE.connect("mallory")) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < rooms.size(); i++) {
          // Each goes first in every second round.
          int which = (i + round) % rooms.size();
          long begun = System.nanoTime();
          mallory.ask(request.apply(rooms.get(which)));
          nanos[which][round] = System.nanoTime() - begun;
        }
      }
    }

    assertThat(median(nanos[0]) / median(nanos[1])).isBetween(1 / MOST, MOST);
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
