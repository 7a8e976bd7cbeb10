// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.Push;
import tern.push.PushConfig;
import tern.push.ledger.PushPlace;
import tern.push.ledger.TargetTable;
import tern.store.Database;

/// Makes pushes of wakes: one banner for each place, and one for all that quiet hours have held
/// back on a device.
public final class Banners {
  // A conversation makes itself heard on a device once in this time; what comes then quietly takes
  // the banner's place.
  private static final Duration QUIET = Duration.ofSeconds(30);
  private static final int REMEMBERED = 200_000;
  private static final int MOST_BADGE = 1_000_000;

  private final Database database;
  private final Function<Collection<UserId>, Map<UserId, Long>> badges;
  private final PushConfig config;
  private final Cache<PushPlace, Boolean> heard =
      Caffeine.newBuilder().expireAfterWrite(QUIET).maximumSize(REMEMBERED).build();

  /// @param badges how many messages each of these users has not read, in all conversations
  public Banners(
      Database database,
      Function<Collection<UserId>, Map<UserId, Long>> badges,
      PushConfig config) {
    this.database = database;
    this.badges = badges;
    this.config = config;
  }

  /// A push for some wakes.
  ///
  /// @param wakes what it is for, all on one device; not empty
  record Rendered(Push push, List<Wake> wakes) {}

  private record Phone(UserId user, DeviceId device) {}

  /// What is known of unread messages.
  private record Unread(Map<UserId, Long> badges, Map<PushPlace, Integer> places) {
    int badge(UserId user) {
      return (int) Math.min(MOST_BADGE, badges.getOrDefault(user, 0L));
    }

    int at(Wake wake) {
      return Math.max(1, places.getOrDefault(wake.target().place(), 1));
    }
  }

  /// Makes them. Blocks for reading what is unread; throws [tern.store.StoreException].
  List<Rendered> render(List<Wake> wakes) {
    if (wakes.isEmpty()) {
      return List.of();
    }
    List<PushPlace> places = wakes.stream().map(wake -> wake.target().place()).toList();
    Unread unread =
        new Unread(
            badges.apply(places.stream().map(PushPlace::user).collect(Collectors.toSet())),
            database.run(connection -> TargetTable.unread(connection, places)));
    List<Rendered> rendered = new ArrayList<>();
    Map<Phone, List<Wake>> held = new LinkedHashMap<>();
    for (Wake wake : wakes) {
      PushPlace place = wake.target().place();
      switch (wake.waiting().kind()) {
        case NEWS -> rendered.add(new Rendered(banner(wake, unread), List.of(wake)));
        case CLEAR -> rendered.add(new Rendered(clear(wake, unread), List.of(wake)));
        case HELD ->
            held.computeIfAbsent(new Phone(place.user(), place.device()), _ -> new ArrayList<>())
                .add(wake);
      }
    }
    for (List<Wake> together : held.values()) {
      rendered.add(
          new Rendered(
              together.size() == 1
                  ? banner(together.getFirst(), unread)
                  : summary(together, unread),
              together));
    }
    return rendered;
  }

  private Push banner(Wake wake, Unread unread) {
    PushPlace place = wake.target().place();
    long sequence = wake.ranges().getLast().last();
    boolean isUrgent =
        wake.news().messages().stream()
            .anyMatch(it -> it.sequence() == sequence && it.content().isUrgent());
    int count = unread.at(wake);
    return new Push(
        wake.target().device().registration().orElseThrow(),
        Optional.of(place.conversation()),
        sequence,
        unread.badge(place.user()),
        wake.waiting().expiresAt(),
        new Push.Banner(
            "",
            count == 1 ? "New message" : count + " new messages",
            heard.asMap().putIfAbsent(place, true) == null,
            isUrgent,
            Optional.empty(),
            link(place, sequence),
            List.of()));
  }

  private Optional<String> link(PushPlace place, long sequence) {
    return config.link().isEmpty()
        ? Optional.empty()
        : Optional.of(
            config
                .link()
                .replace("{conversation}", place.conversation().toString())
                .replace("{sequence}", Long.toString(sequence)));
  }

  private static Push summary(List<Wake> wakes, Unread unread) {
    Wake first = wakes.getFirst();
    int count = wakes.stream().mapToInt(unread::at).sum();
    Instant expiresAt =
        wakes.stream()
            .map(wake -> wake.waiting().expiresAt())
            .max(Instant::compareTo)
            .orElseThrow();
    return new Push(
        first.target().device().registration().orElseThrow(),
        Optional.empty(),
        0,
        unread.badge(first.target().device().user()),
        expiresAt,
        new Push.Banner(
            "",
            count + " new messages in " + wakes.size() + " conversations",
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private Push clear(Wake wake, Unread unread) {
    PushPlace place = wake.target().place();
    heard.invalidate(place);
    return new Push(
        wake.target().device().registration().orElseThrow(),
        Optional.of(place.conversation()),
        wake.waiting().range().last(),
        unread.badge(place.user()),
        wake.waiting().expiresAt(),
        new Push.Clear());
  }
}
