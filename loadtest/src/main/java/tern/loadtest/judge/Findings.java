// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what the rules check and find; keeps the first few findings of each kind in words.
final class Findings {
  private static final int MAX_SAMPLES = 5;

  private final Map<Invariant, Long> checked = new EnumMap<>(Invariant.class);
  private final Map<Invariant, Long> broken = new EnumMap<>(Invariant.class);
  private final Map<Invariant, List<String>> samples = new EnumMap<>(Invariant.class);
  private Verdict.Live live = new Verdict.Live(0, 0);
  private Verdict.Pushes pushes = new Verdict.Pushes(0, 0, 0, 0, 0, 0);

  /// Counts one check; with `holds` false it is a violation, told by `what`.
  @FormatMethod
  void check(
      Invariant invariant, boolean holds, @FormatString String what, @Nullable Object... values) {
    checked.merge(invariant, 1L, Long::sum);
    if (!holds) {
      broken.merge(invariant, 1L, Long::sum);
      List<String> told = samples.computeIfAbsent(invariant, _ -> new ArrayList<>());
      if (told.size() < MAX_SAMPLES) {
        told.add(String.format(what, values));
      }
    }
  }

  void live(Verdict.Live counted) {
    live = counted;
  }

  void pushes(Verdict.Pushes counted) {
    pushes = counted;
  }

  Verdict verdict() {
    List<Verdict.Line> lines = new ArrayList<>();
    for (Invariant invariant : Invariant.values()) {
      lines.add(
          new Verdict.Line(
              invariant,
              checked.getOrDefault(invariant, 0L),
              broken.getOrDefault(invariant, 0L),
              List.copyOf(samples.getOrDefault(invariant, List.of()))));
    }
    return new Verdict(List.copyOf(lines), live, pushes);
  }
}
