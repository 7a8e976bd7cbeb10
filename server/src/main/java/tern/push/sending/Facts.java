// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.Map;
import tern.id.UserId;
import tern.push.ledger.PushPlace;

/// What banners tell beside the messages themselves.
///
/// @param badges how many messages each user has not read, in all conversations
/// @param unread how many of the place's conversation
/// @param names how users call themselves; who has no profile is missing
record Facts(Map<UserId, Long> badges, Map<PushPlace, Integer> unread, Map<UserId, String> names) {
  private static final int MOST_BADGE = 1_000_000;

  int badge(UserId user) {
    return (int) Math.min(MOST_BADGE, badges.getOrDefault(user, 0L));
  }

  // What is not countable is told all the same.
  int unreadAt(PushPlace place) {
    return Math.max(1, unread.getOrDefault(place, 1));
  }

  String name(UserId user) {
    return names.getOrDefault(user, user.value());
  }
}
