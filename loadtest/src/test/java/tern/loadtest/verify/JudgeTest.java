// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.loadtest.judge.Invariant;
import tern.loadtest.judge.Judge;
import tern.loadtest.judge.Verdict;

class JudgeTest {
  static List<PlantedFault> faults() {
    return PlantedFault.all();
  }

  @Test
  void cleanHistoryPasses() {
    Verdict verdict = Judge.judge(RecordedRun.clean().history());

    assertThat(verdict.lines()).allSatisfy(line -> assertThat(line.samples()).isEmpty());
  }

  @Test
  void copyOfWhatHasBeenDeletedMeanwhileMayBeRefused() {
    RecordedRun run = RecordedRun.clean();
    RecordedShares.refusedCopy(run, 3, "FORBIDDEN");

    Verdict verdict = Judge.judge(run.history());

    assertThat(verdict.isClean()).isTrue();
  }

  @Test
  void copyToWhereOneMayOnlyWatchMayBeRefusedToWhoMay() {
    RecordedRun watching = RecordedRun.clean();
    RecordedWatch.refusedCopy(watching, RecordedWatch.WALT);
    RecordedRun turnedAway = RecordedRun.clean();
    RecordedWatch.refusedCopy(turnedAway, RecordedRun.ALICE);

    assertThat(Judge.judge(watching.history()).isClean()).isTrue();
    assertThat(Judge.judge(turnedAway.history()).broken(Invariant.REFUSED)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void plantedFaultIsCaughtByTheInvariantThatNamesIt(PlantedFault fault) {
    Verdict verdict = Judge.judge(fault.history());

    assertThat(verdict.broken(fault.expected())).isPositive();
    assertThat(verdict.isClean()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Invariant.class)
  void everyInvariantHasAPlantedFault(Invariant invariant) {
    assertThat(faults()).extracting(PlantedFault::expected).contains(invariant);
  }
}
