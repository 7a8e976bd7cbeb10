// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
import tern.v1.QuietHours;

/// Wakes phones: some as messages come, many whose quiet hours end in the same moment (as many
/// a minute before, to warm up), and those of a group.
final class PushRun {
  private static final int CALLERS = 16;
  private static final int TELLINGS = 100;
  private static final int LIVE_EVERY_MS = 100;
  private static final long MAX_MS = TimeUnit.MINUTES.toMillis(10);
  // What has been settled stands for five seconds.
  private static final Duration UNTIL_NONE = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofHours(6);
  private static final Duration SPARE = Duration.ofSeconds(20);
  private static final Duration PREPARING_EACH = Duration.ofMillis(6);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

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
  /// @param held phones that are woken at once
  /// @param group members of a group that is told something
  record Size(int live, int perSecond, int held, int group) {
    int all() {
      return live + 2 * held;
    }

    /// How many pushes come before what is measured: as many for the bare library.
    int warmUp() {
      return held + TELLINGS * absent();
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
    Instant end =
        Instant.now()
            .plus(SPARE)
            .plus(PREPARING_EACH.multipliedBy(size.all()))
            .plus(1, ChronoUnit.MINUTES)
            .truncatedTo(ChronoUnit.MINUTES);
    List<Integer> live = phones(0, size.live());
    List<Integer> first = phones(size.live(), size.live() + size.held());
    List<Integer> held = phones(size.live() + size.held(), size.all());
    progress.say("registering " + size.all() + " phones");
    Sleeper.register(sockets, target, live, Optional.empty());
    Sleeper.register(sockets, target, first, Optional.of(quietUntil(end)));
    Instant later = end.plus(1, ChronoUnit.MINUTES);
    Sleeper.register(sockets, target, held, Optional.of(quietUntil(later)));
    Callers callers = new Callers(sockets, target, CALLERS, tally);
    callers.open(phones(0, size.all()));
    Await.passing(Sleeper.UNTIL_AWAY);
    wakeOneByOne(callers, live);
    hold(callers, phones(size.live(), size.all()), end);
    callers.check();
    warmUp(callers, end);
    release(held, later);
    measureGroup(callers);
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

  private static QuietHours quietUntil(Instant end) {
    return QuietHours.newBuilder()
        .setFrom(MINUTE.format(end.minus(QUIET)))
        .setTo(MINUTE.format(end))
        .setZone("UTC")
        .build();
  }

  private void wakeOneByOne(Callers callers, List<Integer> live) {
    progress.say("waking " + live.size() + " one by one");
    int some = Math.max(1, size.perSecond() * LIVE_EVERY_MS / 1_000);
    for (int from = 0; from < live.size(); from += some) {
      callers.send(live.subList(from, Math.min(live.size(), from + some)));
      Await.passing(Duration.ofMillis(LIVE_EVERY_MS));
    }
    expected = live.size();
    Callers.await("all are woken", () -> apple.count() == expected);
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

  private void hold(Callers callers, List<Integer> held, Instant end) {
    progress.say("writing to " + held.size() + " that want quiet");
    callers.send(held);
    Callers.await("all are written to", () -> tally.accepted.sum() == size.all());
    Callers.await("all are held", () -> backlog.waiting() == held.size());
    if (Instant.now().isAfter(end)) {
      throw new IllegalStateException("preparing took longer than the quiet hours: hold fewer");
    }
  }

  // What is measured is not how fast a node is that has never done it before.
  private void warmUp(Callers callers, Instant end) {
    openGroup(callers);
    passUntil(end);
    progress.say("warming up");
    expected += size.held();
    Callers.await("the first are woken", () -> apple.count() == expected);
    for (int i = 0; i < TELLINGS; i++) {
      tellGroup(callers);
    }
  }

  private void openGroup(Callers callers) {
    if (size.group() > 0) {
      callers.one().openGroup(phones(0, size.absent()));
      Callers.await("the group stands", () -> callers.one().group().isPresent());
    }
  }

  private void tellGroup(Callers callers) {
    if (size.group() > 0) {
      expected += size.absent();
      callers.one().say(callers.one().group().orElseThrow());
      Callers.await("all are woken", () -> apple.count() == expected);
    }
  }

  private void passUntil(Instant end) {
    progress.say("waiting for the end of quiet hours at " + MINUTE.format(end));
    Await.passing(Duration.between(Instant.now(), end));
  }

  private void release(List<Integer> held, Instant end) {
    passUntil(end);
    progress.say("waking " + held.size() + " at once");
    ServerUse used = ServerUse.of(node.node());
    expected += held.size();
    Callers.await("all are woken", () -> apple.count() == expected);
    ServerUse use = ServerUse.of(node.node()).since(used);
    long last = held.stream().mapToLong(apple::acceptedAt).max().orElseThrow();
    pushesPerSecond = held.size() * 1e3 / Math.max(1, last - end.toEpochMilli());
    Duration untilNone = backlog.awaitNone(UNTIL_NONE);
    long told = backlog.pushed();
    if (told != expected) {
      throw new IllegalStateException(
          "%d pushes are recorded (expected: %d)".formatted(told, expected));
    }
    report
        .add("pushes", "at once", held.size())
        .add("pushes_per_second", "  pushes", pushesPerSecond, "/s")
        .add("until_none_waits_seconds", "  until none waits", untilNone.toMillis() / 1e3, "s");
    use.tell(report, "push", held.size());
  }

  private void measureGroup(Callers callers) {
    progress.say("telling a group of " + size.group());
    long from = System.nanoTime();
    tellGroup(callers);
    double seconds = (System.nanoTime() - from) / 1e9;
    report
        .add("group.pushes", "a group's members", size.absent())
        .add("group.seconds", "  until all are told", seconds, "s");
    backlog.awaitNone(UNTIL_NONE);
  }
}
