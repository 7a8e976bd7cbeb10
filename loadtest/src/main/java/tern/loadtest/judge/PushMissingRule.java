// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.History;
import tern.loadtest.history.PushHistory.Arrived;
import tern.loadtest.history.PushHistory.Kept;

/// What neither the phone has acknowledged nor its user has read is pushed in time, unless the user
/// or the sender did not want that.
final class PushMissingRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    PhoneWorld world = new PhoneWorld(history);
    PhoneClaims claims = new PhoneClaims(world.stories());
    PushDue due = new PushDue(history);
    Map<List<String>, List<Arrived>> banners = banners(history);
    for (Kept message : history.pushes().messages()) {
      long by = due.of(message.at());
      for (PhoneStory story : world.stories()) {
        if (isOwed(world, claims, story, message, by)) {
          boolean came =
              claims.addresses(story).stream()
                  .map(it -> banners.getOrDefault(List.of(it, message.conversation()), List.of()))
                  .anyMatch(there -> there.stream().anyMatch(push -> tells(push, message, by)));
          findings.check(
              Invariant.PUSH_MISSING, came, "%s was not pushed in time: %s", story.name(), message);
        }
      }
    }
  }

  // By address and conversation.
  private static Map<List<String>, List<Arrived>> banners(History history) {
    Map<List<String>, List<Arrived>> banners = new HashMap<>();
    for (Arrived push : history.pushes().arrived()) {
      if (!push.clears()) {
        banners
            .computeIfAbsent(List.of(push.address(), push.conversation()), _ -> new ArrayList<>())
            .add(push);
      }
    }
    return banners;
  }

  // Its newest message is this one, or one after it: several that wait are told of at once.
  private static boolean tells(Arrived push, Kept message, long by) {
    return push.sequence() >= message.sequence() && push.at() >= message.at() && push.at() <= by;
  }

  private static boolean isOwed(
      PhoneWorld world, PhoneClaims claims, PhoneStory story, Kept message, long by) {
    String user = story.user();
    return !user.equals(message.sender())
        && world.isMember(user, message.conversation())
        && world.isLoud(message)
        && claims.isRegistered(story, message.at(), by)
        && !world.mayHaveRead(user, message, by)
        && !world.mayHaveAcknowledged(story, message, by)
        && !world.mayBeDeleted(message, by)
        && !world.mayBeMuted(user, message.conversation(), message.at(), by);
  }
}
