// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.PhoneWish;
import tern.loadtest.history.PushHistory;
import tern.loadtest.history.PushHistory.Kept;
import tern.loadtest.judge.PhoneStory.Deed;
import tern.loadtest.judge.PhoneStory.Mark;

/// What everybody with a phone did, and from when on each thing may have counted and surely did.
/// A model of its own: of the server's code it knows nothing.
final class PhoneWorld {
  /// From an answer, or from what was told without one, until it surely counts for pushes.
  static final long TAKEN_IN = TimeUnit.MILLISECONDS.toNanos(1_500);

  // What was told within that time before a kill may be lost.
  private static final long UNKEPT = TimeUnit.SECONDS.toNanos(1);

  private final PushHistory pushes;
  private final List<Life> lives;
  private final List<PhoneStory> stories;
  private final Map<String, List<PhoneStory>> byUser = new HashMap<>();
  private final Map<String, Kept> byId = new HashMap<>();
  private final Map<String, Map<Long, Kept>> bySequence = new HashMap<>();
  private final Map<String, PhoneWish.Say> said = new HashMap<>();

  PhoneWorld(History history) {
    this.pushes = history.pushes();
    this.lives = history.lives();
    this.stories = pushes.phones().stream().map(PhoneStory::of).toList();
    for (Kept kept : pushes.messages()) {
      byId.put(kept.clientMessageId(), kept);
      bySequence
          .computeIfAbsent(kept.conversation(), _ -> new HashMap<>())
          .put(kept.sequence(), kept);
    }
    for (PhoneStory story : stories) {
      byUser.computeIfAbsent(story.user(), _ -> new ArrayList<>()).add(story);
      for (Deed deed : story.deeds()) {
        if (deed.wish() instanceof PhoneWish.Say say) {
          said.put(say.clientMessageId(), say);
        }
      }
    }
  }

  List<PhoneStory> stories() {
    return stories;
  }

  /// The message at a place, if the store has it.
  Optional<Kept> kept(String conversation, long sequence) {
    return Optional.ofNullable(bySequence.getOrDefault(conversation, Map.of()).get(sequence));
  }

  /// Whether pushes may tell of a message: somebody wrote it, and did not ask for silence.
  boolean isLoud(Kept message) {
    PhoneWish.Say say = said.get(message.clientMessageId());
    return say != null && !say.silent();
  }

  boolean isMember(String user, String conversation) {
    return pushes.members().getOrDefault(conversation, Set.of()).contains(user);
  }

  private List<Deed> deeds(String user, Predicate<Deed> which) {
    return byUser.getOrDefault(user, List.of()).stream()
        .flatMap(story -> story.deeds().stream())
        .filter(which)
        .toList();
  }

  // What shows that somebody has read up to a message at least.
  private boolean reads(Deed deed, String conversation, long sequence) {
    return switch (deed.wish()) {
      case PhoneWish.Read read ->
          read.conversation().equals(conversation) && read.sequence() >= sequence;
      case PhoneWish.Say say ->
          say.conversation().equals(conversation)
              && Optional.ofNullable(byId.get(say.clientMessageId()))
                  .filter(kept -> kept.sequence() >= sequence)
                  .isPresent();
      default -> false;
    };
  }

  /// Whether the user surely looked at one of their phones all the time between.
  boolean isInUse(String user, long from, long to) {
    return byUser.getOrDefault(user, List.of()).stream().anyMatch(it -> it.isInUse(from, to));
  }

  /// Whether the user may have read the message by then.
  boolean mayHaveRead(String user, Kept message, long by) {
    return !deeds(
            user, it -> it.asked() <= by && reads(it, message.conversation(), message.sequence()))
        .isEmpty();
  }

  /// Whether it surely counted by then that the user had read the message.
  boolean hasRead(String user, Kept message, long by) {
    return !deeds(
            user, it -> isTakenIn(it, by) && reads(it, message.conversation(), message.sequence()))
        .isEmpty();
  }

  /// Whether what was asked for surely counted by then.
  static boolean isTakenIn(Deed deed, long by) {
    return deed.answered() <= by - TAKEN_IN;
  }

  private static boolean knows(Mark mark, Kept message) {
    return mark.conversation().equals(message.conversation())
        && mark.sequence() >= message.sequence();
  }

  /// Whether the user may have read, or written, anything there by then.
  boolean mayHaveReadAnything(String user, String conversation, long by) {
    return !deeds(user, it -> it.asked() <= by && reads(it, conversation, 0)).isEmpty();
  }

  boolean mayHaveAcknowledged(PhoneStory story, Kept message, long by) {
    return story.marks().stream().anyMatch(it -> it.at() <= by && knows(it, message));
  }

  boolean hasAcknowledged(PhoneStory story, Kept message, long by) {
    return story.marks().stream()
        .anyMatch(it -> it.at() <= by - TAKEN_IN && isKept(it) && knows(it, message));
  }

  // Whether the node lived long enough to keep it.
  private boolean isKept(Mark mark) {
    return mark.registered()
        && lives.stream()
            .filter(it -> it.readyAt() <= mark.at())
            .anyMatch(it -> !it.killed() || mark.at() <= it.endedAt() - UNKEPT);
  }

  /// Whether the phone or its user had told by then that they knew of the message, and a kill may
  /// have taken just that away.
  boolean isForgotten(PhoneStory story, Kept message, long by) {
    boolean marked =
        story.marks().stream()
            .anyMatch(it -> it.at() <= by && isBeforeKill(it.at(), by) && knows(it, message));
    return marked
        || !deeds(
                story.user(),
                it ->
                    isBeforeKill(it.asked(), by)
                        && reads(it, message.conversation(), message.sequence()))
            .isEmpty();
  }

  /// How often something was acknowledged or read within the second before a kill, by people who
  /// are pushed to.
  long toldBeforeKills() {
    long count = 0;
    for (PhoneStory story : stories) {
      if (deeds(story.user(), it -> it.wish() instanceof PhoneWish.Register).isEmpty()) {
        continue;
      }
      count += story.marks().stream().filter(it -> isBeforeKill(it.at(), Long.MAX_VALUE)).count();
      count +=
          story.deeds().stream()
              .filter(it -> isReading(it) && isBeforeKill(it.asked(), Long.MAX_VALUE))
              .count();
    }
    return count;
  }

  private static boolean isReading(Deed deed) {
    return deed.wish() instanceof PhoneWish.Read || deed.wish() instanceof PhoneWish.Say;
  }

  private boolean isBeforeKill(long at, long by) {
    return kills().stream().anyMatch(kill -> at <= kill && at > kill - UNKEPT && kill < by);
  }

  List<Long> kills() {
    return lives.stream().filter(Life::killed).map(Life::endedAt).toList();
  }

  boolean mayBeDeleted(Kept message, long by) {
    return !deletions(message, it -> it.asked() <= by).isEmpty();
  }

  boolean isDeleted(Kept message, long by) {
    return !deletions(message, it -> isTakenIn(it, by)).isEmpty();
  }

  private List<Deed> deletions(Kept message, Predicate<Deed> when) {
    return deeds(
        message.sender(),
        it ->
            it.wish() instanceof PhoneWish.Delete(String conversation, long sequence)
                && conversation.equals(message.conversation())
                && sequence == message.sequence()
                && when.test(it));
  }

  private List<Deed> mutes(String user, String conversation, boolean on) {
    return deeds(
        user,
        it ->
            it.wish() instanceof PhoneWish.Mute mute
                && mute.conversation().equals(conversation)
                && mute.on() == on);
  }

  /// Whether the user may have wanted no pushes from there at some moment between.
  boolean mayBeMuted(String user, String conversation, long from, long to) {
    List<Deed> ends = mutes(user, conversation, false);
    return mutes(user, conversation, true).stream()
        .anyMatch(
            on ->
                on.asked() <= to
                    && ends.stream()
                        .noneMatch(end -> end.asked() > on.answered() && end.answered() <= from));
  }

  /// Whether the user surely wanted none all the time between.
  boolean isMuted(String user, String conversation, long from, long to) {
    List<Deed> ends = mutes(user, conversation, false);
    return mutes(user, conversation, true).stream()
        .anyMatch(
            on ->
                on.answered() <= from
                    && ends.stream()
                        .noneMatch(end -> end.asked() <= to && end.answered() >= on.asked()));
  }
}
