// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Linux tells of processes in `/proc`. Elsewhere every answer is empty or 0.
public final class SystemFiles {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  // Fixed for user space on every architecture that Linux runs Java on.
  private static final double TICKS_PER_SECOND = 100;

  private SystemFiles() {}

  /// CPU seconds of a process, user and system, with those of its ended children.
  public static double cpuSeconds(long pid) {
    String[] fields = stat(pid);
    if (fields.length < 15) {
      return 0;
    }
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /// Resident memory of a process.
  public static long residentBytes(long pid) {
    for (String line : read(PROC.resolve(pid + "/status")).split("\n", -1)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(SPACES.split(line, -1)[1]) * 1024;
      }
    }
    return 0;
  }

  /// How many files this process may have open at once; empty where no /proc tells.
  public static OptionalLong mostOpenFiles() {
    for (String line : read(PROC.resolve("self/limits")).split("\n", -1)) {
      if (line.startsWith("Max open files")) {
        // Its name is three words; the hard limit follows the soft one, and Java takes it.
        String hard = SPACES.split(line, -1)[4];
        return OptionalLong.of(hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard));
      }
    }
    return OptionalLong.empty();
  }

  /// Whether a process still runs; one that has ended and waits to be reaped does not.
  public static boolean isRunning(long pid) {
    String[] fields = stat(pid);
    return fields.length > 0 && !fields[0].equals("Z");
  }

  /// The processes whose parent is `pid`.
  public static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0)) && parent(Long.parseLong(name)) == pid) {
          children.add(Long.parseLong(name));
        }
      }
    } catch (IOException _) {
      // No /proc on this system: no children known.
    }
    return children;
  }

  private static long parent(long pid) {
    String[] fields = stat(pid);
    return fields.length > 1 ? Long.parseLong(fields[1]) : -1;
  }

  // From the state on: what stands before is a name in parentheses that may hold anything.
  private static String[] stat(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    int end = stat.lastIndexOf(')');
    return end < 0 ? new String[0] : SPACES.split(stat.substring(end + 2).trim(), -1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      // The process has ended since.
      return "";
    }
  }
}
