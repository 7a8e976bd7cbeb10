// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tern.loadtest.client.Sockets;
import tern.loadtest.node.OwnNode;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;

/// `push`: wakes absent people's phones through a push service that accepts everything.
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Wakes absent people: how many a second, next to the bare library in the same run, how fast,",
      "at what cost; and what deciding about pushes costs the intake.",
      "The push service is one of this process, over HTTP/2 and TLS, that accepts everything; the",
      "node is one of its own.",
      "",
      "Example: loadtest push --held 30000"
    })
public final class PushCommand implements Callable<Integer> {
  private static final int MAX_PHONES = 200_000;
  private static final int MAX_GROUP = 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Option(
      names = "--held",
      defaultValue = "15000",
      description =
          "Phones that are woken at once, each for another message that has been committed before"
              + " (${DEFAULT-VALUE}).")
  private int held;

  @Option(
      names = "--live",
      defaultValue = "3000",
      description = "Phones that are woken one by one before that (${DEFAULT-VALUE}).")
  private int live;

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "How many of those a second (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--group",
      defaultValue = "1000",
      description = "Members of a group that is told something (${DEFAULT-VALUE}; 0: none).")
  private int group;

  @Option(
      names = "--intake",
      defaultValue = "15s",
      description =
          "How long the intake is measured, twice with settling and twice without"
              + " (${DEFAULT-VALUE}; 0s: not at all).")
  private Duration intake = Duration.ofSeconds(15);

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    check("--held", held, 1, MAX_PHONES);
    check("--live", live, 1, MAX_PHONES);
    check("--rate", rate, 1, MAX_PHONES);
    check("--group", group, 0, Math.min(MAX_GROUP, live));
    if (intake.isNegative() || intake.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("--intake: " + intake + " (expected: 0s to 10m)");
    }
    Progress progress = new Progress();
    Report report;
    PushRun.Size size = new PushRun.Size(live, rate, held, group);
    try (AcceptAll apple = new AcceptAll(Math.max(size.all(), IntakeRun.PEOPLE))) {
      report = wake(size, apple, progress);
      if (!intake.isZero()) {
        compareIntake(apple, report, progress);
      }
    }
    progress.end();
    report.print(System.out);
    Optional.ofNullable(json).ifPresent(report::write);
    return 0;
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }

  private Report wake(PushRun.Size size, AcceptAll apple, Progress progress) {
    progress.say("starting");
    String secret = secret();
    Report report;
    double atOnce;
    try (OwnNode node = OwnNode.start(secret, List.of(), apple.settings());
        Target target = new Target(node.address(), secret, Optional.empty());
        Sockets sockets = new Sockets(1)) {
      PushRun run = new PushRun(size, apple, node, progress);
      report = run.run(sockets, target);
      atOnce = run.pushesPerSecond();
    }
    progress.say("the bare library");
    double bare = BarePushy.pushesPerSecond(apple, size.warmUp(), held);
    return report
        .add("bare_pushes_per_second", "bare Pushy", bare, "/s")
        .add("ratio", "pushes to bare Pushy's", atOnce / bare, "");
  }

  // Each measurement on a node of its own, and each kind twice, in turns: the machine is not the
  // same all the time.
  private void compareIntake(AcceptAll apple, Report report, Progress progress) {
    List<IntakeRun.Figures> with = new ArrayList<>();
    List<IntakeRun.Figures> without = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      progress.say("intake with settling");
      with.add(IntakeRun.measure(true, intake, apple));
      progress.say("intake without");
      without.add(IntakeRun.measure(false, intake, apple));
    }
    double ratio =
        mean(with, IntakeRun.Figures::perSecond) / mean(without, IntakeRun.Figures::perSecond);
    tell(report, "intake.with_settling", "intake with settling", with);
    tell(report, "intake.without_settling", "intake without", without);
    report.add("intake.ratio", "with to without", ratio, "");
  }

  private static void tell(
      Report report, String key, String label, List<IntakeRun.Figures> figures) {
    double untilNone = mean(figures, it -> it.untilNone().toMillis() / 1e3);
    report
        .add(key + ".per_second", label, mean(figures, IntakeRun.Figures::perSecond), "/s")
        .add(key + ".cpu_us", label + ", CPU", mean(figures, IntakeRun.Figures::cpuMicros), "us")
        .add(key + ".waiting", label + ", pushes waiting", mean(figures, it -> it.waiting()), "")
        .add(key + ".until_none_seconds", label + ", until none waits", untilNone, "s");
  }

  private static double mean(
      List<IntakeRun.Figures> figures, ToDoubleFunction<IntakeRun.Figures> of) {
    return figures.stream().mapToDouble(of).average().orElseThrow();
  }

  /// A secret for a node of one's own.
  static String secret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
