// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.report;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/// One line that follows the run: rewritten in place on a terminal, else a new line every few
/// seconds.
public final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean isTerminal;
  private long lastNanos = System.nanoTime();

  /// Writes to standard error, so that standard output holds the report alone.
  public Progress() {
    this.out = System.err;
    this.isTerminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /// Shows `line` if it is time for it.
  public void show(String line) {
    long now = System.nanoTime();
    Duration pause = isTerminal ? ON_TERMINAL : ELSEWHERE;
    if (now - lastNanos >= pause.toNanos()) {
      lastNanos = now;
      print(line);
    }
  }

  /// Says what happens next, at once.
  public void say(String line) {
    print(line);
    if (isTerminal) {
      out.println();
    }
  }

  /// Leaves the terminal's line free for what follows.
  public void end() {
    if (isTerminal) {
      out.print(CLEAR_LINE);
    }
  }

  private void print(String line) {
    if (isTerminal) {
      out.print(CLEAR_LINE + line);
      out.flush();
    } else {
      out.println(line);
    }
  }
}
