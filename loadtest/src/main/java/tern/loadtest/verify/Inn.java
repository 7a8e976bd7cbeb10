// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceName;
import tern.v1.Conversation;
import tern.v1.ServerFrame;

/// The rooms that are founded during the run to be deleted again, so that the others live on; and
/// those that were. All clients use it, from every event loop.
final class Inn {
  private static final String PREFIX = "brief.";
  private static final int KEPT = 40;

  private final List<String> guests = new CopyOnWriteArrayList<>();
  private final Map<String, String> open = new ConcurrentHashMap<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();

  /// The key of a room to be, in which its owner's name stands.
  static String key(DeviceName owner, int number) {
    return PREFIX + owner.user() + "/" + owner.device() + "." + number;
  }

  /// Somebody may be invited from now on.
  void welcome(String user) {
    if (!guests.contains(user)) {
      guests.add(user);
    }
  }

  /// Takes note of rooms that begin and end.
  void learn(ServerFrame frame) {
    Conversation opened = frame.getConversationOpened().getConversation();
    if (opened.getKey().startsWith(PREFIX) && !ended.contains(opened.getConversationId())) {
      String owner = opened.getKey().substring(PREFIX.length(), opened.getKey().lastIndexOf('/'));
      open.put(opened.getConversationId(), owner);
    } else if (frame.hasConversationDeleted()) {
      ended.add(frame.getConversationDeleted().getConversationId());
      open.remove(frame.getConversationDeleted().getConversationId());
      if (ended.size() > KEPT) {
        ended.removeFirst();
      }
    }
  }

  /// The rooms of this owner that stand.
  List<String> of(String owner) {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().equals(owner))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Rooms of others that this device has opened.
  List<String> among(Device device) {
    return device.conversations().stream()
        .filter(room -> !device.name().user().equals(open.getOrDefault(room, device.name().user())))
        .toList();
  }

  /// One of those that were deleted lately.
  Optional<String> anyEnded(Random random) {
    List<String> all = List.copyOf(ended);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  /// At most so many of those who may be invited, in any order.
  List<String> some(int most, Random random) {
    List<String> all = new ArrayList<>(guests);
    Collections.shuffle(all, random);
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /// Somebody to invite.
  String anybody(Random random) {
    return guests.get(random.nextInt(guests.size()));
  }
}
