// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tern.loadtest.history.Audience;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Invite;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Past;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Stored;

/// A room beside the group of a recorded run, of which nobody has a view: only what the store notes
/// of it, laid open to faults.
final class RecordedRoom {
  final String id;
  final boolean direct;
  final List<Item> messages = new ArrayList<>();
  final List<MemberSeen> memberships = new ArrayList<>();
  final List<Settings> settings = new ArrayList<>();
  final List<Invite> invites = new ArrayList<>();
  final List<Rules.Block> blocks = new ArrayList<>();
  final List<Audience.Listing> listings = new ArrayList<>();
  final Map<Long, Long> notedAt = new LinkedHashMap<>();
  // Whether it still holds what was said once it has ended.
  boolean keeps;
  // Whether it is OPEN, and those watch it who are on its list.
  boolean isWatched;
  long endedAt;
  long revision = 1;

  RecordedRoom(String id, boolean direct) {
    this.id = id;
    this.direct = direct;
  }

  /// Gives away the next revision.
  long takeRevision(long at) {
    notedAt.put(++revision, at);
    return revision;
  }

  /// Somebody's message is there, or the server's in their name.
  Item say(String user, String text, boolean countable, long at) {
    String id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    long sequence = messages.size() + 1L;
    Item item =
        new Item(sequence, takeRevision(at), user, id, text, countable, Headers.NONE, Fate.NONE);
    messages.add(item);
    return item;
  }

  Stored stored() {
    boolean isGone = endedAt > 0 && !keeps;
    return new Stored(
        id,
        direct,
        endedAt,
        messages.size(),
        revision,
        isGone ? List.of() : List.copyOf(messages),
        members(),
        List.copyOf(memberships),
        new Past(List.copyOf(messages), List.of(), List.of()),
        new Rules(
            List.copyOf(settings),
            List.of(),
            List.copyOf(blocks),
            List.copyOf(invites),
            audience(),
            Map.copyOf(notedAt)),
        Personal.NONE,
        List.of());
  }

  private Audience audience() {
    return isWatched
        ? new Audience(Audience.Access.LIST, "", List.copyOf(listings))
        : Audience.NONE;
  }

  private List<Stored.StoredMember> members() {
    Map<String, Stored.StoredMember> members = new LinkedHashMap<>();
    for (MemberSeen state : memberships) {
      members.compute(
          state.user(),
          (_, before) ->
              new Stored.StoredMember(
                  state, before == null ? state.revision() : before.joinedRevision(), 0, 0));
    }
    return List.copyOf(members.values());
  }
}
