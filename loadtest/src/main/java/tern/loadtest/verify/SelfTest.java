// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.io.PrintStream;
import tern.loadtest.judge.Judge;
import tern.loadtest.judge.Verdict;

/// Puts recorded histories before the judge, each with one planted fault: each must be caught, by
/// the invariant that names it, and the clean one must pass.
final class SelfTest {
  private SelfTest() {}

  /// Returns whether the judge was right about all of them.
  static boolean run(PrintStream out) {
    boolean allRight = isClean(out);
    for (PlantedFault fault : PlantedFault.all()) {
      Verdict verdict = Judge.judge(fault.history());
      boolean isCaught = verdict.broken(fault.expected()) > 0;
      out.printf(
          "  %-34s %s by \"%s\"%n",
          fault.name(), isCaught ? "caught" : "NOT CAUGHT", fault.expected().sentence());
      allRight &= isCaught;
    }
    out.println(allRight ? "ALL CAUGHT" : "THE JUDGE IS BLIND");
    return allRight;
  }

  private static boolean isClean(PrintStream out) {
    Verdict verdict = Judge.judge(RecordedRun.clean().history());
    out.printf("  %-34s %s%n", "a clean history", verdict.isClean() ? "passes" : "IS REFUSED");
    if (!verdict.isClean()) {
      verdict.lines().forEach(line -> line.samples().forEach(out::println));
    }
    return verdict.isClean();
  }
}
