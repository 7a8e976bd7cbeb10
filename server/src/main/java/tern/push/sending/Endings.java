// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.device.Device;
import tern.push.Ledger;
import tern.push.PushMetrics;
import tern.push.PushOutcome;
import tern.push.ledger.Decided;
import tern.push.ledger.DecisionTable;
import tern.push.ledger.QueueTable;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.WaitingPush;

/// Keeps how pushes ended: for good, or to be tried again.
public final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 8;

  private final Ledger ledger;
  private final BiConsumer<Device, Instant> dead;
  private final PushMetrics metrics;
  private final RandomGenerator random;

  /// @param dead told of a device whose registration its push service calls dead, and since when
  /// @param random spreads what is tried again
  public Endings(
      Ledger ledger,
      BiConsumer<Device, Instant> dead,
      PushMetrics metrics,
      RandomGenerator random) {
    this.ledger = ledger;
    this.dead = dead;
    this.metrics = metrics;
    this.random = random;
  }

  // What a group comes to in the store.
  private record Outcome(List<Decided> decided, List<WaitingPush> over, List<WaitingPush> again) {}

  /// Keeps these; throws [tern.store.StoreException] when nothing of it was kept. Blocks.
  void keep(List<Ended> group) {
    Instant now = ledger.now();
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    group.forEach(ended -> sum(ended, now, outcome));
    ledger.change(
        connection -> {
          DecisionTable.keep(connection, outcome.decided());
          QueueTable.remove(connection, now, outcome.over());
          QueueTable.put(connection, ledger.node(), outcome.again());
          QueueTable.putOff(connection, outcome.again());
        });
    group.forEach(ended -> tell(ended, now));
  }

  private void sum(Ended ended, Instant now, Outcome into) {
    Wake wake = ended.wake();
    if (ended.outcome().isEmpty()) {
      into.again().add(wake.waiting().dueAt(now.plus(MOMENT)));
      return;
    }
    switch (ended.outcome().get()) {
      case PushOutcome.Accepted _ -> end(ended, PushEnding.ACCEPTED, "", into);
      case PushOutcome.TokenGone _ -> end(ended, PushEnding.TOKEN_GONE, "", into);
      case PushOutcome.Refused(String reason) -> end(ended, PushEnding.REFUSED, reason, into);
      case PushOutcome.Failed failed -> {
        WaitingPush next = next(wake.waiting(), failed, now);
        if (next.dueAt().isAfter(next.expiresAt())) {
          end(ended, PushEnding.EXPIRED, failed.cause(), into);
        } else {
          into.again().add(next);
        }
      }
    }
  }

  private static void end(Ended ended, PushEnding ending, String reason, Outcome into) {
    Wake wake = ended.wake();
    boolean isFirst = !ended.stored() && wake.target().decided().isEmpty();
    for (SequenceRange range : wake.ranges()) {
      into.decided()
          .add(new Decided(wake.target().place(), range, ending.number(), reason, isFirst));
    }
    if (ended.stored()) {
      into.over().add(wake.waiting());
    }
  }

  // Twice as long each time, half of it by chance. A service that says how long to wait has not
  // failed: the next pause is no longer for it.
  private WaitingPush next(WaitingPush waiting, PushOutcome.Failed failed, Instant now) {
    if (failed.retryAfter().isPresent()) {
      Duration least = failed.retryAfter().get();
      return waiting.dueAt(now.plus(least).plus(drawn(least.dividedBy(2))));
    }
    Duration most = MOMENT.multipliedBy(1L << Math.min(waiting.attempts(), MOST_DOUBLINGS));
    Duration half = most.dividedBy(2);
    return waiting.tried().dueAt(now.plus(half).plus(drawn(half)));
  }

  private Duration drawn(Duration most) {
    return Duration.ofMillis(Math.round(most.toMillis() * random.nextDouble()));
  }

  private void tell(Ended ended, Instant now) {
    Wake wake = ended.wake();
    ended
        .outcome()
        .ifPresent(
            outcome -> {
              Device device = wake.target().device();
              // What takes a banner away was not caused by a message.
              Instant committed =
                  wake.ranges().isEmpty() ? now : wake.news().messages().getLast().committedAt();
              metrics.ended(
                  device.registration().orElseThrow().kind(),
                  outcome,
                  Duration.between(committed, now));
              switch (outcome) {
                case PushOutcome.TokenGone(Instant since) -> dead.accept(device, since);
                case PushOutcome.Refused(String reason) ->
                    LOG.atWarn()
                        .addKeyValue("user", device.user())
                        .addKeyValue("device", device.id())
                        .addKeyValue("reason", reason)
                        .log("a push service refuses a push");
                case PushOutcome.Accepted _, PushOutcome.Failed _ -> {}
              }
            });
  }
}
