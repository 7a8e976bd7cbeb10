// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tern.loadtest.history.History;
import tern.loadtest.history.PushHistory.Arrived;
import tern.loadtest.history.PushHistory.Kept;
import tern.loadtest.history.PushTimes;

/// Why a push should not have been sent.
final class PushWrongs {
  // Until what was decided a moment ago has come.
  private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(200);

  // What a node had sent may come a moment after it died, and that it came is kept a moment after
  // it was told.
  private static final long WITH_IT = TimeUnit.SECONDS.toNanos(1);

  private final PhoneWorld world;
  private final PhoneClaims claims;
  private final PushTimes times;
  private final Departures departures;

  PushWrongs(PhoneWorld world, History history) {
    this.world = world;
    this.claims = new PhoneClaims(world.stories());
    this.times = history.pushes().times();
    this.departures = new Departures(history);
  }

  /// In words; empty: whoever it went to may have been owed it.
  ///
  /// @param before what the address had been told of that conversation
  Optional<String> of(Arrived push, List<Arrived> before) {
    if (push.clears()) {
      return ofAll(push, story -> ofClear(story, push));
    }
    return world
        .kept(push.conversation(), push.sequence())
        .map(message -> ofAll(push, story -> ofBanner(story, message, push, newest(before))))
        .orElseGet(() -> Optional.of("the store has no such message"))
        .or(() -> ofRepeat(push, before));
  }

  /// The newest message among those told of; 0: none.
  static long newest(List<Arrived> told) {
    return told.stream().mapToLong(Arrived::sequence).max().orElse(0);
  }

  // Who has another's phone may be told there what the other was told.
  private Optional<String> ofRepeat(Arrived push, List<Arrived> before) {
    return before.stream()
        .filter(it -> it.sequence() == push.sequence())
        .reduce((_, last) -> last)
        .filter(last -> !claims.isShared(push.address()))
        .filter(last -> world.kills().stream().noneMatch(it -> it < push.at() && isCut(last, it)))
        .map(_ -> "was told of it before, and no kill made the server forget that");
  }

  private boolean isCut(Arrived push, long kill) {
    long over = push.at() + times.answer().toNanos() + WITH_IT;
    return push.at() - WITH_IT < kill && kill < over;
  }

  // While it is uncertain whose the address is, one who is owed it suffices.
  private Optional<String> ofAll(Arrived push, Function<PhoneStory, Optional<String>> why) {
    Optional<String> last = Optional.of("nobody is registered there");
    for (PhoneStory story : claims.owners(push.address(), departures.of(push), push.at())) {
      last = why.apply(story).map(it -> story.name() + " " + it);
      if (last.isEmpty()) {
        return last;
      }
    }
    return last;
  }

  private Optional<String> ofClear(PhoneStory story, Arrived push) {
    return world.mayHaveReadAnything(story.user(), push.conversation(), push.at())
        ? Optional.empty()
        : Optional.of("has read nothing there");
  }

  private Optional<String> ofBanner(PhoneStory story, Kept message, Arrived push, long before) {
    String user = story.user();
    long at = departures.of(push);
    if (!world.isMember(user, message.conversation())) {
      return Optional.of("is no member");
    }
    if (user.equals(message.sender())) {
      return Optional.of("wrote it");
    }
    if (!world.isLoud(message)) {
      return Optional.of("was to be told nothing of it");
    }
    if (world.hasRead(user, message, at)) {
      return Optional.of("has read it");
    }
    if (world.hasAcknowledged(story, message, at)) {
      return Optional.of("has acknowledged it");
    }
    if (world.isDeleted(message, at)) {
      return Optional.of("can't see it, for it is deleted");
    }
    long mutedSince = at - PhoneWorld.TAKEN_IN - ON_ITS_WAY;
    if (world.isMuted(user, message.conversation(), mutedSince, push.at())) {
      return Optional.of("wants no pushes from there");
    }
    return isTooEarly(story, message, push, before)
        ? Optional.of("looked at a phone of theirs, and had no time to acknowledge")
        : Optional.empty();
  }

  // What waits for longer takes it along.
  private boolean isTooEarly(PhoneStory story, Kept message, Arrived push, long before) {
    boolean isAlone = before == message.sequence() - 1;
    long from = message.at() - TimeUnit.MILLISECONDS.toNanos(500);
    return isAlone
        && push.at() < message.at() + times.grace().toNanos()
        && world.isInUse(story.user(), from, push.at());
  }

  /// Whether it would be owed nothing, had a kill not taken away what was acknowledged.
  boolean isForgotten(Arrived push) {
    return world
        .kept(push.conversation(), push.sequence())
        .filter(
            message ->
                claims.owners(push.address(), departures.of(push), push.at()).stream()
                    .anyMatch(story -> world.isForgotten(story, message, push.at())))
        .isPresent();
  }
}
