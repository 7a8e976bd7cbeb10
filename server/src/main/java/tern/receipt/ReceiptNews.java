// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import tern.conversation.MemberList;
import tern.conversation.MemberLists;
import tern.delivery.Delivery;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.store.StoreException;

/// Tells members how far the others have come, in conversations of at most 100 members: collected,
/// absolute, at most once per call of [#tell]. State, not log: the newest stands at the end of each
/// catch-up, so one may be lost.
public final class ReceiptNews {
  private static final int MAX_MEMBERS = 100;

  private final MemberLists lists;
  private final Delivery delivery;
  private final BiFunction<ConversationId, List<Marker>, OutgoingFrame> frames;
  private final ConcurrentMap<ConversationId, Map<UserId, Marker>> moved =
      new ConcurrentHashMap<>();

  /// @param frames makes the frame of a conversation's receipts
  public ReceiptNews(
      MemberLists lists,
      Delivery delivery,
      BiFunction<ConversationId, List<Marker>, OutgoingFrame> frames) {
    this.lists = lists;
    this.delivery = delivery;
    this.frames = frames;
  }

  /// Notes that a marker moved; the newest of each member counts.
  void moved(Marker marker) {
    moved.compute(
        marker.conversation(),
        (_, present) -> {
          Map<UserId, Marker> markers = present == null ? new ConcurrentHashMap<>() : present;
          markers.put(marker.user(), marker);
          return markers;
        });
  }

  /// Tells all that has been noted.
  void tell() {
    for (ConversationId conversation : moved.keySet()) {
      Map<UserId, Marker> markers = moved.remove(conversation);
      if (markers != null) {
        tell(conversation, new ArrayList<>(markers.values()));
      }
    }
  }

  private void tell(ConversationId conversation, List<Marker> markers) {
    try {
      MemberList members = lists.current(conversation);
      if (members.size() <= MAX_MEMBERS) {
        tell(members, conversation, markers);
      }
    } catch (StoreException _) {
      // The next catch-up tells.
    }
  }

  // Who has marked as unread is told where they stand themselves, the others where they stood.
  private void tell(MemberList members, ConversationId conversation, List<Marker> markers) {
    Map<UserId, Marker> apart = new HashMap<>();
    for (Marker marker : markers) {
      if (marker.read() < marker.shown() && members.has(marker.user())) {
        apart.put(marker.user(), marker);
      }
    }
    List<Marker> shown = markers.stream().map(Marker::asShown).toList();
    delivery.tell(
        members, session -> !apart.containsKey(session.user()), frames.apply(conversation, shown));
    apart.forEach(
        (user, own) ->
            delivery.tell(
                List.of(user),
                _ -> true,
                frames.apply(
                    conversation,
                    shown.stream().map(it -> it.user().equals(user) ? own : it).toList())));
  }
}
