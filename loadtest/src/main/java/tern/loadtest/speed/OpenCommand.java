// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tern.loadtest.client.Sockets;
import tern.loadtest.node.SystemFiles;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;
import tern.loadtest.target.TargetOptions;

/// The `open` scenario: how many can watch one conversation, and who notices when many come or go.
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "One OPEN conversation with many watchers, a few who write, and a small chat beside it.",
      "First undisturbed; then many watchers are cut off all at once, connect again, and join all at",
      "once. Exits 1 unless every watcher has got every message once and in order.",
      "",
      "Example: loadtest open --watchers 18000 --rate 2 --duration 20s"
    })
public final class OpenCommand implements Callable<Integer> {
  private static final int MAX_WATCHERS = 500_000;
  private static final double MAX_RATE = 10_000;
  // Beside the watchers' sockets: the server's store, log and libraries, and the writers.
  private static final int OTHER_FILES = 400;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final SpeedOptions options = new SpeedOptions();

  @Option(
      names = "--watchers",
      defaultValue = "18000",
      description = "Who watches (${DEFAULT-VALUE}).")
  private int watchers;

  @Option(
      names = "--rate",
      defaultValue = "2",
      description = "Messages a second in the conversation (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--wave",
      defaultValue = "-1",
      description = "How many of them go and come back; half of them when it is not given.")
  private int wave;

  @Override
  public Integer call() {
    check();
    Progress progress = new Progress();
    progress.say("starting");
    try (Target server = target.open();
        Sockets sockets = new Sockets(options.loops());
        Sockets talking = new Sockets(1)) {
      OpenRun run = new OpenRun(server, sockets, talking, options, progress);
      Report report = run.take(watchers, wave < 0 ? watchers / 2 : wave, rate);
      report.print(System.out);
      options.json().ifPresent(report::write);
      return run.isPerfect() ? 0 : 1;
    }
  }

  private void check() {
    options.check();
    SpeedOptions.check("--watchers", watchers, 1, MAX_WATCHERS);
    SpeedOptions.check("--wave", wave, -1, watchers);
    // Written so that no number, which --rate takes too, is refused.
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw new IllegalArgumentException(
          "--rate: %s (expected: above 0, to %,.0f)".formatted(rate, MAX_RATE));
    }
    OptionalLong most = SystemFiles.mostOpenFiles();
    long needed = (long) watchers + OTHER_FILES;
    if (most.isPresent() && most.getAsLong() < needed) {
      throw new IllegalArgumentException(
          ("open files of a process: %,d (expected: %,d for %,d watchers; ulimit -n raises it, as far"
                  + " as the system lets it)")
              .formatted(most.getAsLong(), needed, watchers));
    }
  }
}
