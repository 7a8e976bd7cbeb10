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
import tern.conversation.Membership;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Sockets;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;
import tern.loadtest.target.TargetOptions;
import tern.v1.HistoryVisibility;

/// `fanout`: one large group, in which a few write as fast as all can read.
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "One group of many members: how many deliveries a second, at what cost each.",
      "Saturated: a closed loop with a bounded number of messages on their way; a message is on its",
      "way until every member has it, and every device acknowledges at least every 100 ms.",
      "",
      "Example: loadtest fanout --members 1000 --duration 20s"
    })
public final class FanoutCommand implements Callable<Integer> {
  private static final int MAX_IN_FLIGHT = 10_000;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final SpeedOptions options = new SpeedOptions();

  @Option(
      names = "--members",
      defaultValue = "1000",
      description = "Members of the group (${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--writers",
      defaultValue = "4",
      description = "How many of them write (${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--in-flight",
      defaultValue = "32",
      description = "Messages on their way at once (${DEFAULT-VALUE}).")
  private int inFlight;

  @Override
  public Integer call() {
    options.check();
    SpeedOptions.check("--members", members, 2, Membership.MAX_MEMBERS);
    SpeedOptions.check("--writers", writers, 1, members);
    SpeedOptions.check("--in-flight", inFlight, 1, MAX_IN_FLIGHT);
    Progress progress = new Progress();
    progress.say("starting");
    Figures figures = new Figures();
    try (Target server = target.open();
        Sockets sockets = new Sockets(options.loops())) {
      List<String> users = users();
      Audience audience = new Audience(sockets, server, users, figures, options.bytes());
      audience.connect();
      progress.say("opening a group of " + members);
      String group = open(audience, users);
      new Crowd(audience.talkers(), writers, group).begin(inFlight);
      Report report =
          new Measurement("fanout", server, options, figures, progress).take("delivery");
      audience.leave();
      report.print(System.out);
      options.json().ifPresent(report::write);
    }
    return 0;
  }

  private List<String> users() {
    String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    List<String> users = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      users.add("fanout" + i + "." + run);
    }
    return users;
  }

  private static String open(Audience audience, List<String> users) {
    String group =
        Audience.open(
            audience.talkers().getFirst(),
            Frames.createGroup(
                users.getFirst(),
                users.subList(1, users.size()),
                HistoryVisibility.HISTORY_VISIBILITY_JOINED));
    Audience.awaitOpen(audience.talkers(), group);
    return group;
  }
}
