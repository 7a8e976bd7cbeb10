// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Device;
import tern.loadtest.client.OpenFrames;
import tern.loadtest.client.RulingFrames;
import tern.v1.ClientFrame;
import tern.v1.WatchAccess;

/// What the founder of an OPEN room does about those who watch it: puts them on its list and takes
/// them off, bans them for a while. Owned by the device's event loop.
final class Doorman {
  private static final int BANS = 10;
  private static final int LEAST_SPELL_MS = 300;
  private static final int MOST_SPELL_MS = 3_000;

  private final Device device;
  private final Random random;
  private final Stage stage;
  private final String me;

  Doorman(Device device, Random random, Stage stage) {
    this.device = device;
    this.random = random;
    this.stage = stage;
    this.me = device.name().user();
  }

  /// Does one thing, or nothing; returns the request when another device of the user is to ask
  /// for it as well.
  Optional<ClientFrame> attend() {
    Optional<String> room = stage.anyOf(me, random);
    if (room.isEmpty() || !stage.hasWatchers()) {
      return Optional.empty();
    }
    Optional<ClientFrame> change =
        stage.access(room.get()) == WatchAccess.WATCH_ACCESS_LIST && random.nextInt(3) != 0
            ? Optional.of(list(room.get()))
            : Optional.of(random).filter(it -> it.nextInt(BANS) == 0).map(_ -> ban(room.get()));
    change.ifPresent(device::ask);
    return change.filter(_ -> random.nextInt(6) == 0);
  }

  private ClientFrame list(String conversation) {
    List<String> some = List.of(stage.anyWatcher(random), stage.anyWatcher(random));
    return random.nextInt(3) != 0
        ? OpenFrames.changeList(conversation, some, List.of())
        : OpenFrames.changeList(conversation, List.of(), some);
  }

  private ClientFrame ban(String conversation) {
    String watcher = stage.anyWatcher(random);
    int spellMs = LEAST_SPELL_MS + random.nextInt(MOST_SPELL_MS);
    ScheduledFuture<?> _ =
        device
            .loop()
            .schedule(
                () -> device.ask(RulingFrames.ban(conversation, watcher, false, 0)),
                spellMs,
                TimeUnit.MILLISECONDS);
    // Should the end be lost with a session, the ban still ends.
    long untilMs = System.currentTimeMillis() + 2L * MOST_SPELL_MS;
    return RulingFrames.ban(conversation, watcher, true, untilMs);
  }
}
