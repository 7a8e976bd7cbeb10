// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tern.loadtest.client.Await;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Sockets;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.history.PushHistory;
import tern.loadtest.target.Target;
import tern.v1.ClientFrame;
import tern.v1.HistoryVisibility;

/// People with phones that are woken by pushes: those who sleep, those who come and go, some with
/// two phones, two who share one, and callers who write to them. The main thread's.
public final class PhoneCast {
  private static final int CALLERS = 6;
  private static final int PEOPLE = 40;
  private static final List<Habit> HABITS =
      List.of(Habit.SLEEPS, Habit.FICKLE, Habit.TRAVELS, Habit.FICKLE);
  private static final int GROUPS = 10;
  private static final int GROUP = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(4);
  private static final Duration SETTLED = Duration.ofSeconds(30);
  // By when the last messages have been pushed.
  private static final Duration LAST = Duration.ofSeconds(12);

  private final PushServices services;
  private final Sockets sockets;
  private final Target target;
  private final LongSupplier clock;
  private final Random random;
  private final List<Phone> callers = new ArrayList<>();
  private final List<Phone> phones = new ArrayList<>();
  // Those that are in nobody's hands at first.
  private final Set<Phone> heirs = new HashSet<>();
  private final Map<String, Set<String>> members = new HashMap<>();
  private long endedAt;

  /// Opens a connection to the node's store.
  public interface Store {
    /// Throws when the store is away.
    Connection connect() throws SQLException;
  }

  /// @param clock nanoseconds since the run began
  public PhoneCast(
      PushServices services, Sockets sockets, Target target, LongSupplier clock, Random random) {
    this.services = services;
    this.sockets = sockets;
    this.target = target;
    this.clock = clock;
    this.random = random;
  }

  /// Makes them, lets all come and register, and opens their conversations.
  public void gather() {
    for (int i = 0; i < CALLERS; i++) {
      callers.add(phone("caller" + i, "desk", Optional.empty(), Habit.CALLS));
    }
    for (int i = 0; i < PEOPLE; i++) {
      Habit habit = HABITS.get(i % HABITS.size());
      phones.add(phone(person(i), "phone", Optional.of(handset(i / HABITS.size())), habit));
      if (i % 3 == 0) {
        phones.add(phone(person(i), "tablet", Optional.of(handset(i)), Habit.FICKLE));
      }
    }
    comeAll(phones);
    for (int kind = 0; kind < 4; kind++) {
      share(kind);
    }
    comeAll(callers);
    open();
  }

  private static String person(int number) {
    return "dozer" + number;
  }

  private Handset handset(int kind) {
    return new Handset(services, kind, new Random(random.nextLong()));
  }

  private Phone phone(String user, String device, Optional<Handset> handset, Habit habit) {
    DeviceName name = new DeviceName(user, device, "app");
    Random own = new Random(random.nextLong());
    return new Phone(sockets, target, name, handset, habit, clock, own);
  }

  private void share(int kind) {
    Optional<Handset> shared = Optional.of(handset(kind));
    Phone one = phone("sharer" + 2 * kind, "shared", shared, Habit.FICKLE);
    Phone other = phone("sharer" + (2 * kind + 1), "shared", shared, Habit.FICKLE);
    one.hands(other);
    other.hands(one);
    heirs.add(other);
    // One after the other, as one hands it to the other.
    comeAll(List.of(other));
    Await.on(other.device().loop(), () -> rest(other));
    comeAll(List.of(one));
    phones.add(one);
    phones.add(other);
  }

  private static boolean rest(Phone phone) {
    phone.rest();
    return true;
  }

  private static void comeAll(List<Phone> some) {
    some.forEach(it -> it.device().loop().execute(it::come));
    if (!Await.until(
        PATIENCE, () -> some.stream().allMatch(it -> Await.on(it.device().loop(), it::isReady)))) {
      throw new IllegalStateException("not all phones have come and registered");
    }
  }

  private void open() {
    List<String> people = phones.stream().map(Phone::user).distinct().toList();
    int asked = 0;
    for (String user : people) {
      ask(callers.get(asked++ % CALLERS), Frames.openDirect(user), Set.of(user));
    }
    for (int i = 0; i < GROUPS; i++) {
      Set<String> others = new TreeSet<>();
      while (others.size() < GROUP) {
        others.add(people.get(random.nextInt(people.size())));
      }
      ClientFrame group =
          Frames.createGroup("phones " + i, others, HistoryVisibility.HISTORY_VISIBILITY_JOINED);
      ask(callers.get(i % CALLERS), group, others);
    }
  }

  private void ask(Phone caller, ClientFrame request, Set<String> others) {
    int before = Await.on(caller.device().loop(), () -> caller.opened().size());
    caller.device().loop().execute(() -> caller.device().ask(request));
    if (!Await.until(
        PATIENCE, () -> Await.on(caller.device().loop(), () -> caller.opened().size()) > before)) {
      throw new IllegalStateException("a conversation was not opened");
    }
    Set<String> all = new TreeSet<>(others);
    all.add(caller.user());
    members.put(Await.on(caller.device().loop(), () -> caller.opened().getLast()), all);
  }

  /// All begin to do what they do.
  public void begin() {
    Stream.concat(callers.stream(), phones.stream())
        .filter(it -> !heirs.contains(it))
        .forEach(it -> it.device().loop().execute(it::begin));
  }

  /// Waits until pushes are on their way; returns whether they are.
  public boolean awaitInFlight() {
    return Await.until(IN_FLIGHT, () -> services.inFlight() > 0);
  }

  /// How many pushes have come.
  public int pushes() {
    return services.arrived().size();
  }

  /// All go away for good.
  public void rest() {
    Stream.concat(callers.stream(), phones.stream())
        .forEach(it -> Await.on(it.device().loop(), () -> rest(it)));
    endedAt = clock.getAsLong();
  }

  /// What is known of it all, some time after the end.
  ///
  /// @param startMs when the run began, in milliseconds since 1970
  public PushHistory history(Store store, long startMs) throws SQLException {
    Duration left = SETTLED.minusNanos(clock.getAsLong() - endedAt);
    Await.until(left, () -> clock.getAsLong() > endedAt + LAST.toNanos() && unsettled(store) == 0);
    List<PhoneLog> logs =
        Stream.concat(callers.stream(), phones.stream())
            .map(it -> Await.on(it.device().loop(), it::log))
            .toList();
    try (Connection connection = store.connect()) {
      return new PushHistory(
          services.times(),
          logs,
          Map.copyOf(members),
          StoredPushes.messages(connection, members.keySet(), startMs),
          services.arrived(),
          StoredPushes.unsettled(connection));
    }
  }

  private static long unsettled(Store store) {
    try (Connection connection = store.connect()) {
      return StoredPushes.unsettled(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the store can't be read", e);
    }
  }
}
