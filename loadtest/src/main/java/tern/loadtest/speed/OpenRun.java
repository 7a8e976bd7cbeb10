// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import tern.loadtest.client.Await;
import tern.loadtest.client.OpenFrames;
import tern.loadtest.client.Sockets;
import tern.loadtest.client.Standing;
import tern.loadtest.client.Viewer;
import tern.loadtest.node.ServerUse;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;

/// One run of the `open` scenario, phase by phase.
final class OpenRun {
  private static final int WRITERS = 4;
  private static final double CHAT_RATE = 20;
  // So that a phase that is over at once is still measured.
  private static final Duration LEAST = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Target server;
  private final Sockets sockets;
  // On a loop of their own: what a wave costs the driver is nothing that the server has made late.
  private final Sockets talking;
  private final SpeedOptions options;
  private final Progress progress;
  private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
  private final Figures room = new Figures();
  private final Figures chat = new Figures();
  private final Figures writing = new Figures();
  private final List<Phase> phases = new ArrayList<>();
  private boolean isPerfect;

  /// `sockets` serve those who watch, `talking` those who write and the small chat.
  OpenRun(
      Target server, Sockets sockets, Sockets talking, SpeedOptions options, Progress progress) {
    this.server = server;
    this.sockets = sockets;
    this.talking = talking;
    this.options = options;
    this.progress = progress;
  }

  /// Whether every watcher got every message once and in order.
  boolean isPerfect() {
    return isPerfect;
  }

  /// Runs it: so many watch, so many of them go and come back, and so many messages a second are
  /// sent.
  Report take(int watchers, int wave, double rate) {
    Audience writers = talkers("writer", WRITERS, writing);
    Audience pair = talkers("chat", 2, chat);
    String conversation = begin(writers, pair);
    Gallery gallery = new Gallery(sockets, server, run, watchers, room);
    progress.say("letting " + watchers + " watch");
    gallery.enter(gallery.all(), conversation);
    Clockwork clockwork = new Clockwork(writers.talkers(), conversation, rate);
    clockwork.start();
    pass(options.warmUp(), "warming up");
    Report report = new Report();
    report.add("watchers", "watchers", watchers).add("wave", "of them come and go", wave);
    measureUndisturbed(report);
    disturb(gallery, gallery.all().subList(0, wave), conversation);
    clockwork.stop();
    judge(gallery, writers.talkers().getFirst(), conversation, report);
    phases.forEach(phase -> phase.tell(report, phases.getFirst()));
    progress.end();
    gallery.drop(gallery.all());
    writers.leave();
    pair.leave();
    return report;
  }

  private Audience talkers(String name, int count, Figures figures) {
    List<String> users = IntStream.range(0, count).mapToObj(i -> name + i + "." + run).toList();
    Audience audience = new Audience(talking, server, users, figures, options.bytes());
    audience.connect();
    return audience;
  }

  private String begin(Audience writers, Audience pair) {
    Pair small = Pair.open(pair.talkers().getFirst(), pair.talkers().getLast());
    small.awaitOpen();
    small.chatAtRate(CHAT_RATE / 2, 0);
    List<String> users =
        writers.talkers().stream().map(talker -> talker.device().name().user()).toList();
    String conversation =
        Audience.open(writers.talkers().getFirst(), OpenFrames.create("open." + run, users));
    Audience.awaitOpen(writers.talkers(), conversation);
    return conversation;
  }

  private void measureUndisturbed(Report report) {
    Optional<ServerUse> before = server.own().map(own -> ServerUse.of(own.node()));
    phase("undisturbed", "undisturbed", () -> pass(options.duration(), "measuring"));
    Optional<ServerUse> after = server.own().map(own -> ServerUse.of(own.node()));
    Phase undisturbed = phases.getFirst();
    report.add(
        "deliveries_per_second",
        "delivered",
        undisturbed.room().deliveries() / undisturbed.seconds(),
        "/s");
    after.ifPresent(
        used ->
            used.since(before.orElseThrow())
                .tell(report, "delivery", undisturbed.room().deliveries()));
  }

  private void disturb(Gallery gallery, List<Viewer> some, String conversation) {
    if (some.isEmpty()) {
      return;
    }
    phase("leave", "while they are cut off", () -> gallery.drop(some));
    // They watch when they are told to, all at once.
    some.forEach(viewer -> viewer.loop().execute(() -> viewer.watch("")));
    phase("connect", "while they connect", () -> gallery.connect(some));
    phase("join", "while they join", () -> gallery.watch(some, conversation));
  }

  private void phase(String name, String label, Runnable step) {
    progress.say(label);
    room.beginAnew();
    chat.beginAnew();
    step.run();
    double took = room.seconds();
    Await.passing(LEAST.minus(Duration.ofNanos((long) (took * 1e9))));
    phases.add(new Phase(name, label, took, Phase.Times.of(room), Phase.Times.of(chat)));
  }

  private void pass(Duration time, String what) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Await.passing(LOOK);
      progress.show(room.line("open", what));
    }
  }

  private void judge(Gallery gallery, Talker writer, String conversation, Report report) {
    boolean isQuiet = Await.until(PATIENCE, () -> writing.isAllAccepted());
    Await.passing(LEAST);
    long last =
        Await.on(
            writer.device().loop(),
            () -> writer.device().standing(conversation).map(Standing::revision).orElse(0L));
    long complete = gallery.complete(gallery.all(), last, PATIENCE);
    long faults = gallery.faults();
    isPerfect = isQuiet && complete == gallery.all().size() && faults == 0;
    report
        .add("complete", "watchers with every message", complete)
        .add("faults", "lost, doubled, out of order, begun anew", faults)
        .add("verdict", "verdict", isPerfect ? "every message once and in order" : "FAILED");
  }
}
