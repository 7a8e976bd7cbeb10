// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.push.Ledger;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;
import tern.push.ledger.PushPlace;
import tern.push.ledger.QueueTable;
import tern.push.ledger.WaitingPush;
import tern.store.GroupCommit;

/// Hands pushes to their services, at most one at a time to each place, and keeps what the services
/// say.
///
/// So many are on their way at once; what finds no room waits in the store. Any thread may
/// dispatch; what services answer is kept by a thread of its own.
public final class PushDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PushDispatcher.class);

  private static final int MAX_IN_FLIGHT = 4_000;
  private static final int QUEUE = 4 * MAX_IN_FLIGHT;
  private static final int GROUP = 500;
  // How long whoever dispatches many waits for room: they come back faster from here than from the
  // store.
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final String NOT_RENDERED = "NOT_RENDERED";
  private static final Duration SHELTERED_AFTER = Duration.ofSeconds(3);

  /// What was taken from the store, or is sheltered there, is nobody else's for so long: longer
  /// than any sender may take.
  public static final Duration LEASE = Duration.ofSeconds(35);

  private final Ledger ledger;
  private final PushSender sender;
  private final Banners banners;
  private final Endings endings;
  private final Told told;
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
  private final ConcurrentMap<PushPlace, Flight> flights = new ConcurrentHashMap<>();
  private final GroupCommit<Ended> writer =
      new GroupCommit<>("push outcomes", QUEUE, GROUP, this::keep);

  /// @param endings what is kept of how each ended
  public PushDispatcher(
      Ledger ledger, PushSender sender, Banners banners, Endings endings, Told told) {
    this.ledger = ledger;
    this.sender = sender;
    this.banners = banners;
    this.endings = endings;
    this.told = told;
  }

  private static final class Flight {
    final Wake wake;
    final Instant since;
    // Who waits until it stands in the store; empty once it does.
    final AtomicReference<Optional<Settlement>> settlement;

    Flight(Wake wake, Instant since) {
      this.wake = wake;
      this.since = since;
      this.settlement = new AtomicReference<>(wake.settlement());
    }

    boolean isOpen() {
      return settlement.get().isPresent();
    }

    void resolve() {
      settlement.getAndSet(Optional.empty()).ifPresent(Settlement::resolve);
    }
  }

  /// Begins.
  public PushDispatcher start() {
    writer.start();
    return this;
  }

  /// Whether more may be sent.
  public boolean hasRoom() {
    return room.availablePermits() > 0;
  }

  /// How many are on their way.
  public int inFlight() {
    return flights.size();
  }

  /// Until when nothing more is to be sent there, for something is on its way or was told a moment
  /// ago; in the past for a place that may be told now.
  public Instant busyUntil(PushPlace place) {
    return flights.containsKey(place) ? told.pausedFromNow() : told.pausedUntil(place);
  }

  /// Sends these, or keeps them in the store for a moment. Each settlement is told when what became
  /// of its wake stands there. Blocks for reading what banners tell.
  ///
  /// @param decided when it was read what they go by: a place that has been told since is decided
  ///     anew
  public void dispatch(List<Wake> wakes, Instant decided) {
    // First: what is told of several places leaves those out where another push is on its way.
    List<Wake> begun = new ArrayList<>();
    for (Wake wake : wakes) {
      if (begins(wake, decided)) {
        begun.add(wake);
      } else {
        postpone(wake);
      }
    }
    List<Banners.Rendered> rendered = new ArrayList<>();
    GroupCommit.workOff(
            begun, some -> rendered.addAll(banners.render(some)), this::refuseUnrendered)
        .forEach(this::giveUp);
    Instant patience = ledger.now().plus(PATIENCE);
    for (Banners.Rendered each : rendered) {
      if (takeRoom(1, Duration.between(ledger.now(), patience))) {
        send(each);
      } else {
        each.wakes().forEach(this::giveUp);
      }
    }
  }

  private boolean takeRoom(int pushes, Duration patience) {
    try {
      return room.tryAcquire(pushes, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void send(Banners.Rendered rendered) {
    List<Wake> sent = rendered.wakes();
    handOver(rendered.push())
        .otherwise(failure -> new PushOutcome.Failed(failure.toString(), Optional.empty()))
        .onSuccess(
            outcome -> {
              if (outcome instanceof PushOutcome.Accepted) {
                told.accepted(
                    rendered.push(), sent.stream().map(wake -> wake.target().place()).toList());
              }
              sent.forEach(
                  wake -> writer.put(new Ended(wake, Optional.of(outcome), isStored(wake))));
              // Last: once all room is free, close() lets the writer go.
              room.release();
            });
  }

  private Future<PushOutcome> handOver(Push push) {
    try {
      return sender.send(push);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  // What no banner can be made of now none will be made of later.
  private void refuseUnrendered(Wake wake, RuntimeException e) {
    LOG.atError().setCause(e).log("a push can't be rendered");
    writer.put(new Ended(wake, Optional.of(new PushOutcome.Refused(NOT_RENDERED)), isStored(wake)));
  }

  // Whoever sees no flight sees what the one before has told.
  private boolean begins(Wake wake, Instant decided) {
    PushPlace place = wake.target().place();
    if (flights.putIfAbsent(place, new Flight(wake, ledger.now())) != null) {
      return false;
    }
    if (told.isToldSince(place, decided)) {
      flights.remove(place);
      return false;
    }
    return true;
  }

  private void giveUp(Wake begun) {
    flights.remove(begun.target().place());
    postpone(begun);
  }

  private void postpone(Wake wake) {
    writer.put(new Ended(wake, Optional.empty(), true));
  }

  // What is sheltered just now stays there, and is found to be decided when its lease is over.
  private boolean isStored(Wake wake) {
    Flight flight = flights.get(wake.target().place());
    return flight == null || !flight.isOpen();
  }

  private List<Ended> keep(List<Ended> group) {
    return GroupCommit.workOff(group, this::land, this::lose);
  }

  // Its message stays unsettled, and is decided again after the next start.
  private void lose(Ended ended, RuntimeException e) {
    LOG.atError().setCause(e).log("the outcome of a push can't be kept");
    flights.remove(ended.wake().target().place());
  }

  private void land(List<Ended> group) {
    endings.keep(group);
    for (Ended ended : group) {
      if (ended.outcome().isEmpty()) {
        ended.wake().settlement().ifPresent(Settlement::resolve);
      } else {
        Optional.ofNullable(flights.remove(ended.wake().target().place()))
            .ifPresent(Flight::resolve);
      }
    }
  }

  /// Puts what has been on its way for long into the store, so that its messages are settled: if
  /// this node dies, it is sent again.
  public void shelter() {
    Instant now = ledger.now();
    List<Flight> old =
        flights.values().stream()
            .filter(it -> it.isOpen() && it.since.plus(SHELTERED_AFTER).isBefore(now))
            .toList();
    if (!old.isEmpty()) {
      List<WaitingPush> sheltered =
          old.stream().map(it -> it.wake.waiting().dueAt(now.plus(LEASE))).toList();
      ledger.change(connection -> QueueTable.put(connection, ledger.node(), sheltered));
      old.forEach(Flight::resolve);
    }
  }

  /// Waits for the answers that are on their way, three seconds at most, then ends. Nobody may
  /// dispatch any more.
  @Override
  public void close() {
    if (!takeRoom(MAX_IN_FLIGHT, FAREWELL)) {
      LOG.atWarn().addKeyValue("pushes", inFlight()).log("not answered in time, sent again later");
    }
    sender.close();
    writer.close();
  }
}
