// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Shelf;

/// At the end the conversation list, its unread counts, its badge and its markers are those of the
/// model; and in a session no read marker ever goes back.
final class InboxRule implements Rule {
  private static final int UNREAD_CAP = 1_000;
  private static final long FLUSHED_NANOS = 1_500_000_000L;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<ClientLog>> devices = new HashMap<>();
    for (ClientLog client : history.clients()) {
      devices.computeIfAbsent(client.user(), _ -> new ArrayList<>()).add(client);
    }
    for (ClientLog client : history.clients()) {
      ReadMarkers marks = ReadMarkers.of(devices.getOrDefault(client.user(), List.of()));
      boolean isQuiet = false;
      for (Seen seen : client.seen()) {
        isQuiet |= seen instanceof Seen.Quiet;
        if (isQuiet && seen instanceof Seen.Inbox inbox && inbox.whole()) {
          checkList(client, inbox, marks, truth, findings);
        }
        if (seen instanceof Seen.ReadMarked marked) {
          checkAnswer(client, marked, truth.room(marked.conversation()), findings);
        }
      }
      MarkersNeverGoBack.check(client, marks, truth, findings);
    }
  }

  private static void checkList(
      ClientLog client, Seen.Inbox inbox, ReadMarkers marks, Truth truth, Findings findings) {
    Set<String> listed = new HashSet<>();
    int badge = 0;
    long activeAt = Long.MAX_VALUE;
    for (InboxLine line : inbox.lines()) {
      Room room = truth.room(line.conversation());
      Optional<Stay> stay =
          room.stay(client.user()).map(it -> room.shelves().last(client.user(), it));
      findings.check(
          Invariant.MISCOUNTED,
          stay.isPresent() && !line.removed() && listed.add(line.conversation()),
          "%s: its list has %s",
          client.client(),
          line);
      findings.check(
          Invariant.MISCOUNTED,
          line.activeAtMs() <= activeAt,
          "%s: its list has %s below an older one",
          client.client(),
          line);
      activeAt = line.activeAtMs();
      badge += inbox.archive() ? 0 : Math.min(line.unread(), UNREAD_CAP);
      stay.ifPresent(now -> checkLine(client, inbox, line, now, truth, marks, findings));
    }
    checkListed(client, inbox, listed, truth, findings);
    findings.check(
        Invariant.MISCOUNTED,
        inbox.archive() || badge == inbox.badge(),
        "%s: badge %s (expected: %s)",
        client.client(),
        inbox.badge(),
        badge);
  }

  private static void checkListed(
      ClientLog client, Seen.Inbox inbox, Set<String> listed, Truth truth, Findings findings) {
    int place = inbox.archive() ? Shelf.ARCHIVED : Shelf.MAIN;
    for (Room room : truth.rooms()) {
      boolean isOwed =
          room.stay(client.user()).isPresent()
              && PlaceRule.last(client.user(), room, truth.said()).place() == place;
      findings.check(
          Invariant.MISCOUNTED,
          isOwed == listed.contains(room.stored().conversation()),
          "%s: its list %s has or lacks %s",
          client.client(),
          place,
          room.stored().conversation());
    }
  }

  private static void checkLine(
      ClientLog client,
      Seen.Inbox inbox,
      InboxLine line,
      Stay stay,
      Truth truth,
      ReadMarkers marks,
      Findings findings) {
    Room room = truth.room(line.conversation());
    long head = room.stored().lastSequence();
    long last = head >= stay.visibleFrom() ? head : 0;
    findings.check(
        Invariant.MISCOUNTED,
        line.revision() == room.stored().revision()
            && line.sequence() == head
            && line.lastSequence() == last,
        "%s: its list has %s (expected: revision %s, sequence %s, last message %s)",
        client.client(),
        line,
        room.stored().revision(),
        head,
        last);
    checkText(client, line, room.timeline().latest(last).map(Item::text).orElse(""), findings);
    long unread = unread(client.user(), line, stay, room, truth.said());
    findings.check(
        Invariant.MISCOUNTED,
        line.unread() == unread,
        "%s: %s unread in %s (expected: %s)",
        client.client(),
        line.unread(),
        line,
        unread);
    Shelf shelf = PlaceRule.last(client.user(), room, truth.said());
    findings.check(
        Invariant.MISCOUNTED,
        line.shelf().equals(shelf),
        "%s: its list has %s (expected: %s)",
        client.client(),
        line,
        shelf);
    checkMarker(client, inbox, line, stay, room, marks, findings);
  }

  private static void checkText(ClientLog client, InboxLine line, String text, Findings findings) {
    findings.check(
        text.isEmpty() && !line.lastText().isEmpty() ? Invariant.LEAKED : Invariant.MISCOUNTED,
        line.lastText().equals(text),
        "%s: its list has %s (expected: last text \"%s\")",
        client.client(),
        line,
        text);
  }

  private static void checkMarker(
      ClientLog client,
      Seen.Inbox inbox,
      InboxLine line,
      Stay stay,
      Room room,
      ReadMarkers marks,
      Findings findings) {
    long head = room.stored().lastSequence();
    ReadMarkers.Range read = marks.range(client.user(), stay, room);
    findings.check(
        Invariant.MISCOUNTED,
        read.contains(Math.max(line.marker().read(), stay.visibleFrom() - 1)),
        "%s: read marker in %s (expected: %s)",
        client.client(),
        line,
        read);
    long acknowledged = marks.acknowledged(line.conversation(), inbox.at() - FLUSHED_NANOS);
    findings.check(
        Invariant.MISCOUNTED,
        acknowledged <= line.marker().delivered() && line.marker().delivered() <= head,
        "%s: delivered marker in %s (expected: %s to %s)",
        client.client(),
        line,
        acknowledged,
        head);
  }

  /// What a blocked one wrote does not count, unless so much is unread that nobody counts.
  /// In an OPEN conversation nothing does.
  private static long unread(String user, InboxLine line, Stay stay, Room room, Said said) {
    if (room.stored().rules().audience().isOpen()) {
      return 0;
    }
    long from = Math.max(line.marker().read() + 1, stay.visibleFrom());
    long count = 0;
    long blocked = 0;
    for (Item item : room.between(from, room.stored().lastSequence())) {
      boolean isDeleted =
          room.timeline().latest(item.sequence()).map(Item::isDeleted).orElse(false);
      if (item.countable() && !isDeleted && !item.isSystem() && !item.sender().equals(user)) {
        count++;
        blocked += said.last(user, item.sender()).blocked() ? 1 : 0;
      }
    }
    return count >= UNREAD_CAP ? UNREAD_CAP : count - blocked;
  }

  private static void checkAnswer(
      ClientLog client, Seen.ReadMarked marked, Room room, Findings findings) {
    findings.check(
        Invariant.MISCOUNTED,
        marked.read() >= Math.min(marked.asked(), room.stored().lastSequence())
            && marked.read() <= room.stored().lastSequence(),
        "%s: asked to mark %s as read, was told %s",
        client.client(),
        marked.asked(),
        marked);
  }
}
