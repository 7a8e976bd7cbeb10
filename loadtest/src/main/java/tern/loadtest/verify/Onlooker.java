// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Screen;
import tern.loadtest.client.Standing;

/// A screen whose user is a member of nothing and watches OPEN rooms: begins, ends, begins again
/// from where it stands or from somewhere else, loses its socket and comes back; and tries the
/// rooms that it may not watch. Owned by the screen's event loop.
final class Onlooker {
  private static final int MEAN_PAUSE_MS = 220;
  private static final int MAX_AWAY_MS = 1_200;
  private static final int OLD_STANDINGS = 12;

  private final Screen screen;
  private final Recorder recorder;
  private final Random random;
  private final Stage stage;
  private final Map<String, Deque<Standing>> older = new HashMap<>();
  private boolean isActive;

  Onlooker(Screen screen, Recorder recorder, Random random, Stage stage) {
    this.screen = screen;
    this.recorder = recorder;
    this.random = random;
    this.stage = stage;
  }

  Screen screen() {
    return screen;
  }

  Recorder recorder() {
    return recorder;
  }

  /// Acts from now on.
  void begin() {
    isActive = true;
    act();
  }

  /// Acts no more, and sees to it that the screen is connected.
  void rest() {
    isActive = false;
    screen.start();
  }

  /// Whether it waits for nothing, and stands where the store stands.
  boolean isCaughtUp(Map<String, Long> heads) {
    return screen.isSettled()
        && screen.wanted().stream()
            .allMatch(
                room ->
                    screen
                        .standing(room)
                        .filter(it -> it.revision() >= heads.getOrDefault(room, 0L))
                        .isPresent());
  }

  private void act() {
    if (!isActive) {
      return;
    }
    if (screen.isWelcome()) {
      chooseAction(random.nextInt(100));
    }
    ScheduledFuture<?> _ =
        screen
            .loop()
            .schedule(this::act, 1 + random.nextInt(2 * MEAN_PAUSE_MS), TimeUnit.MILLISECONDS);
  }

  private void chooseAction(int draw) {
    if (draw < 35) {
      stage.any(random).ifPresent(this::watch);
    } else if (draw < 45) {
      stage.any(random).ifPresent(screen::unwatch);
    } else if (draw < 50) {
      disconnect();
    } else if (draw < 56) {
      stage.any(random).ifPresent(this::readHistory);
    } else {
      remember();
    }
  }

  /// From the newest page, from where the screen stands, from where it stood once, or from nowhere
  /// that there is; also what it watches already.
  private void watch(String room) {
    Optional<Standing> now = screen.standing(room);
    List<Standing> past = new ArrayList<>(older.getOrDefault(room, new ArrayDeque<>()));
    Optional<Standing> from =
        switch (random.nextInt(10)) {
          case 0, 1 -> Optional.empty();
          case 2 ->
              now.map(
                  it -> new Standing(UUID.randomUUID().toString(), it.revision(), it.sequence()));
          case 3 -> now.map(it -> new Standing(it.epoch(), it.revision() + 1_000_000, 1));
          case 4, 5, 6 -> past.isEmpty() ? now : Optional.of(past.get(random.nextInt(past.size())));
          default -> now;
        };
    screen.watch(room, from);
  }

  private void readHistory(String room) {
    long head = screen.standing(room).map(Standing::sequence).orElse(0L);
    int limit = 1 + random.nextInt(40);
    screen.ask(
        random.nextBoolean()
            ? Frames.historyBefore(room, random.nextLong(head + 2), limit)
            : Frames.historyAfter(room, random.nextLong(head + 2), limit));
  }

  private void remember() {
    for (String room : screen.wanted()) {
      Deque<Standing> standings = older.computeIfAbsent(room, _ -> new ArrayDeque<>());
      screen.standing(room).ifPresent(standings::addLast);
      if (standings.size() > OLD_STANDINGS) {
        standings.removeFirst();
      }
    }
  }

  private void disconnect() {
    screen.stop(random.nextBoolean());
    ScheduledFuture<?> _ =
        screen
            .loop()
            .schedule(screen::start, 20 + random.nextInt(MAX_AWAY_MS), TimeUnit.MILLISECONDS);
  }
}
