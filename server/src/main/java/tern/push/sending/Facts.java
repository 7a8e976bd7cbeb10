// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.Map;
import tern.id.UserId;
import tern.push.Unread;
import tern.push.ledger.PushPlace;

/// What banners tell beside the messages themselves.
///
/// @param unread what each user has not read
/// @param names how users call themselves; who has no profile is missing
record Facts(Map<UserId, Unread> unread, Map<UserId, String> names) {
  private static final int MOST_BADGE = 1_000_000;
  private static final Unread NOTHING = new Unread(0, Map.of());

  int badge(UserId user) {
    return (int) Math.min(MOST_BADGE, unread.getOrDefault(user, NOTHING).badge());
  }

  // What is not countable is told all the same.
  int unreadAt(PushPlace place) {
    Unread all = unread.getOrDefault(place.user(), NOTHING);
    return Math.max(1, all.conversations().getOrDefault(place.conversation(), 1));
  }

  String name(UserId user) {
    return names.getOrDefault(user, user.value());
  }
}
