// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.Push;
import tern.push.PushConfig;
import tern.push.Unread;
import tern.push.ledger.NewsTable;
import tern.push.ledger.PushPlace;
import tern.push.ledger.PushableMessage;
import tern.push.text.ContentLevel;
import tern.push.text.Happening;
import tern.push.text.PushText;
import tern.push.text.PushTexts;
import tern.store.Database;

/// Makes pushes of wakes: one banner for each place, and one for all that quiet hours have held
/// back on a device.
public final class Banners {
  private static final int MOST_LINES = 5;

  private final Database database;
  private final Unread.Counts unread;
  private final ContentLevel level;
  private final String link;
  private final PushTexts texts;
  private final Told told;

  /// @param unread knows what users have not read
  public Banners(Database database, Unread.Counts unread, Told told, PushConfig config) {
    this.database = database;
    this.unread = unread;
    this.told = told;
    this.level = ContentLevel.of(config.content());
    this.link = config.link();
    this.texts = PushTexts.of(config.templates());
  }

  /// A push for some wakes.
  ///
  /// @param wakes what it is for, all on one device; not empty
  record Rendered(Push push, List<Wake> wakes) {}

  private record Phone(UserId user, DeviceId device) {}

  /// Makes them. Blocks for reading what is unread; throws [tern.store.StoreException].
  List<Rendered> render(List<Wake> wakes) {
    if (wakes.isEmpty()) {
      return List.of();
    }
    Facts facts = facts(wakes);
    List<Rendered> rendered = new ArrayList<>();
    Map<Phone, List<Wake>> held = new LinkedHashMap<>();
    for (Wake wake : wakes) {
      PushPlace place = wake.target().place();
      switch (wake.waiting().kind()) {
        case NEWS -> rendered.add(new Rendered(banner(wake, facts), List.of(wake)));
        case CLEAR -> rendered.add(new Rendered(clear(wake, facts), List.of(wake)));
        case HELD ->
            held.computeIfAbsent(new Phone(place.user(), place.device()), _ -> new ArrayList<>())
                .add(wake);
      }
    }
    for (List<Wake> together : held.values()) {
      Wake first = together.getFirst();
      rendered.add(
          new Rendered(
              together.size() == 1 ? banner(first, facts) : summary(together, facts), together));
    }
    return rendered;
  }

  private Facts facts(List<Wake> wakes) {
    Map<UserId, Set<ConversationId>> asked = new HashMap<>();
    Set<UserId> named = new HashSet<>();
    for (Wake wake : wakes) {
      PushPlace place = wake.target().place();
      asked.computeIfAbsent(place.user(), _ -> new HashSet<>()).add(place.conversation());
      if (level(wake) != ContentLevel.NONE) {
        wake.news().messages().forEach(message -> named.add(message.sender()));
      }
    }
    return new Facts(
        unread.of(asked),
        named.isEmpty()
            ? Map.of()
            : database.run(connection -> NewsTable.names(connection, named)));
  }

  private ContentLevel level(Wake wake) {
    return wake.news().content().map(number -> ContentLevel.of(number)).orElse(level);
  }

  private Push banner(Wake wake, Facts facts) {
    PushPlace place = wake.target().place();
    List<PushableMessage> news = news(wake);
    PushableMessage newest = news.getLast();
    ContentLevel shown = level(wake);
    PushText text = texts.of(language(wake), shown, happening(wake, news, facts));
    boolean isFull = shown == ContentLevel.FULL;
    return push(
        wake,
        Optional.of(newest.sequence()),
        facts,
        new Push.Banner(
            text.title(),
            text.text(),
            told.mayBeHeard(place),
            newest.content().isUrgent(),
            isFull ? newest.content().image() : Optional.empty(),
            link(place, newest.sequence()),
            isFull ? lines(wake, news, facts) : List.of()));
  }

  private static List<PushableMessage> news(Wake wake) {
    return wake.news().messages().stream()
        .filter(it -> wake.ranges().stream().anyMatch(range -> range.has(it.sequence())))
        .toList();
  }

  private static String language(Wake wake) {
    return wake.target().device().locale();
  }

  private Happening happening(Wake wake, List<PushableMessage> told, Facts facts) {
    PushPlace place = wake.target().place();
    PushableMessage newest = told.getLast();
    return new Happening(
        facts.unreadAt(place),
        facts.name(newest.sender()),
        !wake.news().isDirect(),
        wake.news().name(),
        newest.content().gist(),
        told.stream().anyMatch(it -> it.content().mentions(place.user())));
  }

  private List<Push.Line> lines(Wake wake, List<PushableMessage> told, Facts facts) {
    return told.stream()
        .skip(Math.max(0, told.size() - MOST_LINES))
        .map(it -> line(wake, it, facts.name(it.sender())))
        .toList();
  }

  // As it would be said if it were alone, and between two.
  private Push.Line line(Wake wake, PushableMessage message, String sender) {
    Happening alone = new Happening(1, sender, false, "", message.content().gist(), false);
    String text = texts.of(language(wake), ContentLevel.FULL, alone).text();
    return new Push.Line(sender, text, message.committedAt());
  }

  private Optional<String> link(PushPlace place, long sequence) {
    return link.isEmpty()
        ? Optional.empty()
        : Optional.of(
            link.replace("{conversation}", place.conversation().toString())
                .replace("{sequence}", Long.toString(sequence)));
  }

  private Push summary(List<Wake> wakes, Facts facts) {
    int count = wakes.stream().mapToInt(wake -> facts.unreadAt(wake.target().place())).sum();
    PushText text = texts.summary(language(wakes.getFirst()), count, wakes.size());
    return push(
        wakes.getFirst(),
        Optional.empty(),
        facts,
        new Push.Banner(
            text.title(), text.text(), true, false, Optional.empty(), Optional.empty(), List.of()));
  }

  private Push clear(Wake wake, Facts facts) {
    return push(wake, Optional.of(wake.waiting().range().last()), facts, new Push.Clear());
  }

  // Without a sequence it is about several conversations.
  private static Push push(Wake wake, Optional<Long> sequence, Facts facts, Push.Payload payload) {
    PushPlace place = wake.target().place();
    Instant expiresAt = wake.waiting().expiresAt();
    return new Push(
        wake.target().device().registration().orElseThrow(),
        sequence.map(_ -> place.conversation()),
        sequence.orElse(0L),
        facts.badge(place.user()),
        expiresAt,
        payload);
  }
}
