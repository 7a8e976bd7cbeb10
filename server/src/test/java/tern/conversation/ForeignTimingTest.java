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
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;

/// Nobody learns by the clock whether a conversation exists that is none of theirs: a long one of
/// many members is refused as fast as one that does not exist.
@Tag("slow")
final class ForeignTimingTest {
  private static final int ROUNDS = 200;
  private static final int TRIES = 5;
  private static final int MEMBERS = 100;
  private static final int MESSAGES = 300;
  // Medians of requests in turn come closer; one more trip to the store would go beyond it, or a
  // lock.
  private static final double MOST = 1.25;

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
    double ratio = ratio(request);
    // What else runs on the machine passes; a difference of ours is there each time.
    for (int i = 1; i < TRIES && !isWithinNoise(ratio); i++) {
      ratio = ratio(request);
    }
    assertThat(ratio).isBetween(1 / MOST, MOST);
  }

  private static boolean isWithinNoise(double ratio) {
    return ratio >= 1 / MOST && ratio <= MOST;
  }

  /// How long the refusal of a foreign one takes, in the median, in shares of an unknown one's.
  private static double ratio(Function<String, ClientFrame.Builder> request) {
    List<String> rooms = List.of(LONG_GROUP, UUID.randomUUID().toString());
    long[][] nanos = new long[rooms.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rooms.size(); i++) {
        // Each goes first in every second round.
        int which = (i + round) % rooms.size();
        long begun = System.nanoTime();
        MALLORY.ask(request.apply(rooms.get(which)));
        nanos[which][round] = System.nanoTime() - begun;
      }
    }
    return median(nanos[0]) / median(nanos[1]);
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
