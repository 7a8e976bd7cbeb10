// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tern.loadtest.client.Sockets;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;
import tern.loadtest.target.TargetOptions;

/// `chat`: many pairs of users chat with each other.
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Pairs exchange messages: how many a second, how fast, at what cost.",
      "",
      "Example: loadtest chat --pairs 500 --duration 20s"
    })
public final class ChatCommand implements Callable<Integer> {
  private static final int MAX_PAIRS = 100_000;
  private static final int MAX_IN_FLIGHT = 10_000;
  private static final int MAX_IDLE = 1_000_000;
  private static final double MAX_RATE = 1e6;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final SpeedOptions options = new SpeedOptions();

  @Option(names = "--pairs", defaultValue = "500", description = "Pairs (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--in-flight",
      defaultValue = "1",
      description = "Messages of a pair on their way at once (${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Messages a second of all together; 0 for as fast as answers come.")
  private double rate;

  @Option(
      names = "--idle",
      defaultValue = "0",
      description = "First connects so many more and measures the memory that each costs.")
  private int idle;

  @Override
  public Integer call() {
    check();
    Progress progress = new Progress();
    progress.say("starting");
    Figures figures = new Figures();
    try (Target server = target.open();
        Sockets sockets = new Sockets(options.loops())) {
      Report memory = new Report();
      if (idle > 0) {
        progress.say("connecting " + idle + " that stay idle");
        new IdleConnections(sockets, server, figures).measure(idle, memory);
      }
      Audience audience = new Audience(sockets, server, users(), figures, options.bytes());
      audience.connect();
      progress.say("opening " + pairs + " conversations");
      begin(audience);
      Report report = new Measurement("chat", server, options, figures, progress).take("message");
      audience.leave();
      report.addAll(memory);
      report.print(System.out);
      options.json().ifPresent(report::write);
    }
    return 0;
  }

  private void check() {
    options.check();
    SpeedOptions.check("--pairs", pairs, 1, MAX_PAIRS);
    SpeedOptions.check("--in-flight", inFlight, 1, MAX_IN_FLIGHT);
    SpeedOptions.check("--idle", idle, 0, MAX_IDLE);
    // Written so that no number, which --rate takes too, is refused.
    if (!(rate >= 0 && rate <= MAX_RATE)) {
      throw new IllegalArgumentException(
          "--rate: %s (expected: 0 to %,.0f)".formatted(rate, MAX_RATE));
    }
  }

  private List<String> users() {
    String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 2 * pairs; i++) {
      users.add("chat" + i + "." + run);
    }
    return users;
  }

  private void begin(Audience audience) {
    List<Pair> all = new ArrayList<>();
    List<Talker> talkers = audience.talkers();
    for (int i = 0; i < 2 * pairs; i += 2) {
      all.add(Pair.open(talkers.get(i), talkers.get(i + 1)));
    }
    all.forEach(Pair::awaitOpen);
    for (int i = 0; i < pairs; i++) {
      if (rate > 0) {
        all.get(i).chatAtRate(rate / (2 * pairs), (double) i / pairs);
      } else {
        all.get(i).chatClosed(inFlight);
      }
    }
  }
}
