// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tern.loadtest.client.DeviceName;
import tern.v1.WatchAccess;

/// Who there is and who meets where, all drawn from the seed: a tenth of the rooms large, a tenth
/// of two, the rest small, of which some are OPEN; some users with two devices, some outsiders with
/// no room at all, and some who watch what is OPEN.
record Plan(
    List<DeviceName> devices,
    List<DeviceName> outsiders,
    List<DeviceName> watchers,
    List<Room> rooms) {
  private static final int LARGE = 50;
  private static final int LARGE_GUESTS = 10;
  private static final int SMALL_GUESTS = 4;

  /// A conversation to be: its first user founds it and owns it, guests come and go. Of a room for
  /// two, `key` is empty. In a ruled one people say who may do what. Unless it is OPEN, `access` is
  /// unspecified.
  record Room(
      String key,
      List<String> founders,
      List<String> guests,
      boolean wholePast,
      boolean ruled,
      WatchAccess access) {
    boolean isDirect() {
      return key.isEmpty();
    }

    boolean isOpen() {
      return access != WatchAccess.WATCH_ACCESS_UNSPECIFIED;
    }
  }

  static Plan draw(int clients, int rooms, Random random) {
    int outsiders = Math.max(4, clients / 20);
    int watchers = clients / 10;
    int devices = clients - outsiders - watchers;
    int users = devices * 5 / 6;
    String run = Integer.toHexString(random.nextInt());
    List<DeviceName> names = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      names.add(new DeviceName(user(run, i % users), "device" + i / users, "app"));
    }
    List<DeviceName> strangers = new ArrayList<>();
    for (int i = 0; i < outsiders; i++) {
      strangers.add(new DeviceName("outsider" + i + "." + run, "device0", "app"));
    }
    List<DeviceName> onlookers = new ArrayList<>();
    for (int i = 0; i < watchers; i++) {
      onlookers.add(new DeviceName("watcher" + i + "." + run, "screen0", "app"));
    }
    List<Room> planned = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      planned.add(room(i, rooms, users, run, random));
    }
    return new Plan(
        List.copyOf(names), List.copyOf(strangers), List.copyOf(onlookers), List.copyOf(planned));
  }

  // Half of them, so that rare acts are frequent; never a hot one (Cast), for who may not post does
  // not help the run along.
  private static boolean isRuled(int number) {
    return number % 4 == 0 || number % 4 == 3;
  }

  // A tenth of them; each kind in turn.
  private static WatchAccess access(int number) {
    if (number % 10 != 7) {
      return WatchAccess.WATCH_ACCESS_UNSPECIFIED;
    }
    return switch (number / 10 % 3) {
      case 0 -> WatchAccess.WATCH_ACCESS_LIST;
      case 1 -> WatchAccess.WATCH_ACCESS_PUBLIC;
      default -> WatchAccess.WATCH_ACCESS_GRANT;
    };
  }

  private static String user(String run, int number) {
    return "user" + number + "." + run;
  }

  private static Room room(int number, int rooms, int users, String run, Random random) {
    int tenth = Math.max(1, rooms / 10);
    boolean isLarge = number < tenth;
    boolean isDirect = !isLarge && number < 2 * tenth;
    int founders = isDirect ? 2 : isLarge ? LARGE : 3 + random.nextInt(5);
    int guests = isDirect ? 0 : isLarge ? LARGE_GUESTS : SMALL_GUESTS;
    List<String> people = new ArrayList<>();
    // Owners differ, so that joining and leaving goes on in many rooms at once.
    people.add(user(run, number % users));
    while (people.size() < Math.min(users, founders + guests)) {
      String user = user(run, random.nextInt(users));
      if (!people.contains(user)) {
        people.add(user);
      }
    }
    int split = Math.min(founders, people.size());
    return new Room(
        isDirect ? "" : "room" + number + "." + run,
        List.copyOf(people.subList(0, split)),
        List.copyOf(people.subList(split, people.size())),
        number % 3 == 0,
        !isLarge && !isDirect && isRuled(number),
        isLarge || isDirect ? WatchAccess.WATCH_ACCESS_UNSPECIFIED : access(number));
  }
}
