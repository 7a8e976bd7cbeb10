// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.session.OutgoingFrame;

/// What is kept for those who lack a little.
final class RecentFramesTest {
  private final RecentFrames recent = new RecentFrames();

  private static OutgoingFrame frame() {
    return new OutgoingFrame(_ -> Unpooled.EMPTY_BUFFER);
  }

  @Test
  void onlyTheNewestAreKeptAndTheOthersAreFreed() {
    List<OutgoingFrame> frames = new ArrayList<>();
    for (int i = 1; i <= RecentFrames.KEPT + 2; i++) {
      frames.add(frame());
      assertThat(recent.add(i, frames.getLast())).isTrue();
    }

    assertThat(recent.head()).isEqualTo(RecentFrames.KEPT + 2);
    assertThat(recent.holds(2)).isFalse();
    assertThat(recent.holds(3)).isTrue();
    assertThat(recent.of(3)).isSameAs(frames.get(2));
    assertThat(frames.subList(0, 2)).allMatch(it -> it.refCnt() == 0);
    assertThat(frames.subList(2, frames.size())).allMatch(it -> it.refCnt() == 1);
  }

  @Test
  void whatComesTwiceOrTooLateIsNoNews() {
    OutgoingFrame again = frame();
    recent.add(7, frame());

    assertThat(recent.add(7, again)).isFalse();
    assertThat(again.refCnt()).isZero();
    assertThat(recent.add(6, frame())).isFalse();
  }

  @Test
  void nothingBeforeAGapIsKept() {
    OutgoingFrame before = frame();
    recent.add(7, before);

    recent.add(9, frame());

    assertThat(before.refCnt()).isZero();
    assertThat(IntStream.rangeClosed(6, 10).filter(recent::holds)).containsExactly(9);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "99, 99", "100, 100", "149, 140", "17999, 17000", "18000, 18000"})
  void countsAreToldToTwoDigitsFromAHundredOn(int watchers, int told) {
    assertThat(Watchers.rough(watchers)).isEqualTo(told);
  }
}
