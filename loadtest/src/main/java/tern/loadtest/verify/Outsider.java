// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Device;
import tern.loadtest.client.EntryFrames;
import tern.loadtest.client.Frames;
import tern.loadtest.client.OpenFrames;
import tern.loadtest.client.RulingFrames;
import tern.loadtest.client.Standing;
import tern.v1.ClientFrame;
import tern.v1.Role;

/// A device of somebody who is a member of nothing, and tries to read, write, list and guess all
/// the same: half of the time where there is something, half of the time where there is nothing.
final class Outsider {
  private static final int MEAN_PAUSE_MS = 200;

  private final Device device;
  private final Recorder recorder;
  private final List<String> rooms;
  private final List<String> closedKeys;
  private final Random random;
  private boolean isActive;

  /// One who knows these rooms, and keys that open none of them.
  Outsider(
      Device device,
      Recorder recorder,
      List<String> rooms,
      List<String> closedKeys,
      Random random) {
    this.device = device;
    this.recorder = recorder;
    this.rooms = rooms;
    this.closedKeys = closedKeys;
    this.random = random;
  }

  Device device() {
    return device;
  }

  Recorder recorder() {
    return recorder;
  }

  void begin() {
    isActive = true;
    act();
  }

  void rest() {
    isActive = false;
  }

  private void act() {
    if (isActive) {
      device.ask(attempt());
      ScheduledFuture<?> _ =
          device
              .loop()
              .schedule(this::act, 1 + random.nextInt(2 * MEAN_PAUSE_MS), TimeUnit.MILLISECONDS);
    }
  }

  private ClientFrame attempt() {
    String room =
        random.nextBoolean()
            ? rooms.get(random.nextInt(rooms.size()))
            : UUID.randomUUID().toString();
    List<String> me = List.of(device.name().user());
    return switch (random.nextInt(28)) {
      case 0 -> Frames.historyBefore(room, 0, 10);
      case 1 -> Frames.historyAround(room, 1, 10);
      case 2 -> Frames.catchUp(room, Optional.empty());
      case 3 -> Frames.catchUp(room, Optional.of(new Standing("", 1, 1)));
      case 4 ->
          ClientFrame.newBuilder()
              .setSendMessage(Frames.text(room, UUID.randomUUID().toString(), "let me in", true))
              .build();
      case 5 -> Frames.markRead(room, 1);
      case 6 -> Frames.addMembers(room, me);
      case 7 -> Frames.removeMembers(room, me);
      case 8 -> Frames.leave(room);
      case 9 -> Frames.edit(room, 1, UUID.randomUUID().toString(), "let me in");
      case 10 -> Frames.delete(room, 1);
      case 11 -> Frames.react(room, 1, "👍", random.nextBoolean());
      case 12 -> Frames.pin(room, 1, random.nextBoolean());
      case 13 -> Frames.pinned(room, 0, 10);
      case 14 -> RulingFrames.rename(room, "ours");
      case 15 -> RulingFrames.freeze(room, random.nextBoolean());
      case 16 -> RulingFrames.role(room, device.name().user(), Role.ROLE_OWNER);
      case 17 -> RulingFrames.mute(room, device.name().user(), false, 0);
      case 18 -> RulingFrames.ban(room, device.name().user(), random.nextBoolean(), 0);
      case 19 -> Frames.acknowledge(room, new Standing("", 1, 1));
      case 20 -> EntryFrames.delete(room);
      case 21 -> EntryFrames.invite(room, 60, 1);
      case 22 -> EntryFrames.revoke(room, UUID.randomUUID().toString());
      case 23 -> EntryFrames.joinByToken(UUID.randomUUID().toString());
      case 24 -> EntryFrames.joinByKey(random.nextBoolean() ? closedKey() : room);
      case 25 -> OpenFrames.watch(room, Optional.empty());
      case 26 -> OpenFrames.changeList(room, me, List.of());
      default -> Frames.readConversation(room);
    };
  }

  private String closedKey() {
    return closedKeys.get(random.nextInt(closedKeys.size()));
  }
}
