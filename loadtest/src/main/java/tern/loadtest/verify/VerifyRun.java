// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.history.History;
import tern.loadtest.history.PushHistory;
import tern.loadtest.history.Stored;
import tern.loadtest.history.Witnessed;
import tern.loadtest.node.OwnNode;
import tern.loadtest.push.PhoneCast;
import tern.loadtest.push.PushServices;
import tern.loadtest.report.Progress;
import tern.loadtest.target.Target;

/// One run: everybody acts at random while the server is killed and comes back; then all come to
/// rest, look at everything once more, and the history is complete.
final class VerifyRun {
  private static final int LOOPS = 2;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration SAMPLE = Duration.ofMillis(500);
  private static final Duration CONVERGE = Duration.ofSeconds(30);
  // Longer than the second in which conversation lists and markers are coalesced.
  private static final Duration COALESCED = Duration.ofMillis(2_500);
  private static final int MAX_IN_FLIGHT_MS = 25;
  private static final Duration LEAST_LIFE = Duration.ofSeconds(8);

  private final Target target;
  private final VerifySettings settings;
  private final StoreAccess store;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final RunClock clock;
  private final Lives lives;
  private Optional<PhoneCast> phones = Optional.empty();
  private long bornAt;
  private int kills;

  /// @param clock began before the target did
  VerifyRun(
      Target target,
      VerifySettings settings,
      StoreAccess store,
      RunClock clock,
      Progress progress) {
    this.clock = clock;
    this.target = target;
    this.settings = settings;
    this.store = store;
    this.progress = progress;
    this.lives = new Lives(store, target.address(), clock);
  }

  Tally tally() {
    return tally;
  }

  int kills() {
    return kills;
  }

  /// @param services where phones are pushed to; none: there are no phones
  History play(Optional<PushServices> services) throws SQLException, InterruptedException {
    Random random = new Random(settings.seed());
    Plan plan = Plan.draw(settings.clients(), settings.conversations(), random);
    try (Sockets sockets = new Sockets(LOOPS);
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        Witness witness = new Witness(store)) {
      lives.begin();
      store.noteChanges();
      Cast cast = cast(sockets, random);
      cast.gather(plan);
      phones =
          services.map(
              it -> new PhoneCast(it, sockets, target, clock::now, new Random(settings.seed())));
      phones.ifPresent(PhoneCast::gather);
      cast.onAnswer(witness);
      ScheduledFuture<?> samples =
          sampler.scheduleWithFixedDelay(
              lives::sample, 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
      cast.begin();
      phones.ifPresent(PhoneCast::begin);
      disturb(cast, random);
      samples.cancel(false);
      comeToRest(cast);
      List<Witnessed> witnessed = witness.end();
      cast.lookAgain();
      History history = history(cast, witnessed);
      cast.leave();
      store.forgetChanges();
      return history;
    }
  }

  private History history(Cast cast, List<Witnessed> witnessed) throws SQLException {
    PushHistory pushes =
        phones.isEmpty() ? PushHistory.NONE : phones.get().history(store::connect, clock.startMs());
    lives.end(false);
    List<Stored> stored = store.read(clock.startMs()).stream().filter(cast::concerns).toList();
    return new History(
        cast.logs(),
        stored,
        store.people(clock.startMs()),
        lives.all(),
        witnessed,
        pushes,
        clock.startMs());
  }

  private Cast cast(Sockets sockets, Random random) {
    return new Cast(
        sockets,
        target.address(),
        target.tokens(),
        target.tokens(Set.of(Stage.GRANT)),
        clock,
        tally,
        random);
  }

  private void disturb(Cast cast, Random random) throws SQLException {
    long from = clock.now();
    long end = from + settings.duration().toNanos();
    Deque<Long> due = new ArrayDeque<>();
    for (int i = 0; i < settings.kills(); i++) {
      due.addLast(from + killTime(i, random));
    }
    while (clock.now() < end || !due.isEmpty() || isProlonged(end)) {
      Await.passing(Duration.ofMillis(20));
      if (!due.isEmpty() && clock.now() >= due.getFirst() && mayDie()) {
        due.removeFirst();
        kill(cast, random);
        // A server that has just begun is worth killing too, but not before anything happened.
        Await.passing(Duration.ofMillis(200 + random.nextInt(600)));
      }
      progress.show(told(end));
    }
  }

  // Pushes need some time between their causes and their ends.
  private boolean mayDie() {
    return phones.isEmpty() || clock.now() - bornAt >= LEAST_LIFE.toNanos();
  }

  /// Whether chance has left too little of something, and people act on: as long again at most.
  private boolean isProlonged(long end) {
    return clock.now() < end + settings.duration().toNanos()
        && !new Quota(settings.duration(), settings.clients()).lacking(tally).isEmpty();
  }

  /// A random moment in the kill's share of the run, so that there is life between most of them,
  /// and some after the last.
  private long killTime(int number, Random random) {
    long first = Math.min(SECOND, settings.duration().toNanos() / 2);
    long last = settings.duration().toNanos() * 9 / 10;
    long share = (last - first) / settings.kills();
    return first + number * share + random.nextLong(share);
  }

  private void kill(Cast cast, Random random) throws SQLException {
    OwnNode own = target.own().orElseThrow();
    cast.hurry();
    Await.passing(Duration.ofMillis(random.nextInt(MAX_IN_FLIGHT_MS)));
    phones.ifPresent(PhoneCast::awaitInFlight);
    boolean withPostgres = kills++ % 2 == 1;
    lives.end(true);
    own.node().kill(withPostgres);
    own.restart();
    lives.begin();
    bornAt = clock.now();
  }

  private void comeToRest(Cast cast) throws SQLException {
    progress.say("coming to rest");
    cast.rest();
    phones.ifPresent(PhoneCast::rest);
    Await.until(CONVERGE, () -> cast.isCaughtUp(heads()));
    Await.passing(COALESCED);
    Await.until(CONVERGE, () -> cast.isCaughtUp(heads()));
    cast.quiet();
    Await.passing(COALESCED);
    progress.say("reading everything once more");
  }

  private Map<String, Long> heads() {
    try {
      return store.heads();
    } catch (SQLException e) {
      throw new IllegalStateException("the store can't be read", e);
    }
  }

  private String told(long end) {
    return "verify: %,d s left, %,d accepted, %,d live, %,d resends, %,d catch-ups, %d kills"
        .formatted(
            Math.max(0, TimeUnit.NANOSECONDS.toSeconds(end - clock.now())),
            tally.get("acknowledged"),
            tally.get("live"),
            tally.get("resends"),
            tally.get("catch_ups"),
            kills);
  }
}
