// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.node.OwnNode;
import tern.loadtest.node.ServerUse;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;

/// Wakes phones: some as messages come, many whose messages have been committed before settling is
/// let go, and those of a group.
final class PushRun {
  private static final int CALLERS = 16;
  private static final int WARM_UPS = 6;
  private static final int LIVE_EVERY_MS = 100;
  private static final long MAX_MS = TimeUnit.MINUTES.toMillis(10);
  // What has been settled stands for five seconds.
  private static final Duration UNTIL_NONE = Duration.ofSeconds(10);

  private final Size size;
  private final AcceptAll apple;
  private final OwnNode node;
  private final Backlog backlog;
  private final Progress progress;
  private final Caller.Tally tally;
  private final Report report = new Report();
  // How many pushes there should be by now.
  private int expected;
  private double pushesPerSecond;

  /// How much is done.
  ///
  /// @param live phones that are woken one by one
  /// @param perSecond how many of them a second
  /// @param held phones that are woken at once; as many others warm up before
  /// @param group members of a group that is told something
  record Size(int live, int perSecond, int held, int group) {
    int all() {
      return live + 2 * held;
    }

    /// How many pushes come before what is measured: as many for the bare library.
    int warmUp() {
      return WARM_UPS * held;
    }

    // The caller is a member, too.
    private int absent() {
      return Math.max(0, group - 1);
    }
  }

  PushRun(Size size, AcceptAll apple, OwnNode node, Progress progress) {
    this.size = size;
    this.apple = apple;
    this.node = node;
    this.backlog = new Backlog(node);
    this.progress = progress;
    this.tally = new Caller.Tally(size.all());
  }

  /// Runs it and tells its figures.
  Report run(Sockets sockets, Target target) {
    progress.say("registering " + size.all() + " phones");
    Sleeper.register(sockets, target, phones(0, size.all()));
    Callers callers = new Callers(sockets, target, CALLERS, tally);
    callers.open(phones(0, size.all()));
    Await.passing(Sleeper.UNTIL_AWAY);
    wakeOneByOne(callers, phones(0, size.live()));
    warmUp(callers, phones(size.live(), size.live() + size.held()));
    wakeAtOnce(callers, phones(size.live() + size.held(), size.all()));
    if (size.group() > 0) {
      tellGroup(callers);
    }
    callers.check();
    callers.leave();
    return report;
  }

  /// How many a second were woken at once.
  double pushesPerSecond() {
    return pushesPerSecond;
  }

  private static List<Integer> phones(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private void wakeOneByOne(Callers callers, List<Integer> live) {
    progress.say("waking " + live.size() + " one by one");
    int some = Math.max(1, size.perSecond() * LIVE_EVERY_MS / 1_000);
    for (int from = 0; from < live.size(); from += some) {
      callers.send(live.subList(from, Math.min(live.size(), from + some)));
      Await.passing(Duration.ofMillis(LIVE_EVERY_MS));
    }
    awaitWoken(live.size());
    Histogram times = new Histogram(MAX_MS, 3);
    for (int device : live) {
      long millis = apple.acceptedAt(device) - tally.committedAt.get(device);
      times.recordValue(Math.clamp(millis, 0, MAX_MS));
    }
    report
        .add("live_pushes_per_second", "one by one", size.perSecond())
        .add(
            "commit_to_accepted_ms.p50", "  commit to accepted p50", times.getValueAtPercentile(50))
        .add(
            "commit_to_accepted_ms.p99", "  commit to accepted p99", times.getValueAtPercentile(99))
        .add("commit_to_accepted_ms.max", "  commit to accepted max", times.getMaxValue());
  }

  private void awaitWoken(int more) {
    expected += more;
    Callers.await("all are woken", () -> apple.count() >= expected);
  }

  // What is measured is not how fast a node is that has never done just that before.
  private void warmUp(Callers callers, List<Integer> phones) {
    for (int i = 1; i <= WARM_UPS; i++) {
      progress.say("warming up, %d of %d".formatted(i, WARM_UPS));
      long written = size.live() + (long) i * size.held();
      try (Hold _ = new Hold(node)) {
        write(callers, phones, written);
      }
      awaitWoken(phones.size());
    }
  }

  private void wakeAtOnce(Callers callers, List<Integer> phones) {
    progress.say("writing to " + phones.size() + " of whom nobody is woken");
    ServerUse used;
    long from;
    try (Hold _ = new Hold(node)) {
      write(callers, phones, size.live() + (WARM_UPS + 1L) * size.held());
      progress.say("waking " + phones.size() + " at once");
      used = ServerUse.of(node.node());
      from = System.currentTimeMillis();
    }
    awaitWoken(phones.size());
    ServerUse use = ServerUse.of(node.node()).since(used);
    long last = phones.stream().mapToLong(apple::acceptedAt).max().orElseThrow();
    pushesPerSecond = phones.size() * 1e3 / Math.max(1, last - from);
    Duration untilNone = backlog.awaitNone(UNTIL_NONE);
    long told = backlog.pushed();
    if (told != expected || apple.count() != expected) {
      throw new IllegalStateException(
          "%d were pushed, %d pushes are recorded (expected: %d)"
              .formatted(apple.count(), told, expected));
    }
    report
        .add("pushes", "at once", phones.size())
        .add("pushes_per_second", "  pushes", pushesPerSecond, "/s")
        .add("until_none_waits_seconds", "  until none waits", untilNone.toMillis() / 1e3, "s");
    use.tell(report, "push", phones.size());
  }

  private void write(Callers callers, List<Integer> phones, long all) {
    callers.send(phones);
    Callers.await("all are written to", () -> tally.accepted.sum() == all);
  }

  private void tellGroup(Callers callers) {
    callers.one().openGroup(phones(0, size.absent()));
    Callers.await("the group stands", () -> callers.one().group().isPresent());
    progress.say("telling a group of " + size.group());
    long from = System.nanoTime();
    callers.one().say(callers.one().group().orElseThrow());
    awaitWoken(size.absent());
    double seconds = (System.nanoTime() - from) / 1e9;
    report
        .add("group.pushes", "a group's members", size.absent())
        .add("group.seconds", "  until all are told", seconds, "s");
    backlog.awaitNone(UNTIL_NONE);
  }
}
