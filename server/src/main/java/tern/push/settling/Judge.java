// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.settling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tern.device.DeviceStanding;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.decision.PushDecision;
import tern.push.decision.PushDevice;
import tern.push.decision.PushMessage;
import tern.push.decision.PushPlan;
import tern.push.decision.Recipient;
import tern.push.decision.Suppression;
import tern.push.ledger.ConversationNews;
import tern.push.ledger.Decided;
import tern.push.ledger.PushableMessage;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.Target;

/// Asks the decision about each message of a conversation for one device, and sums the answers up.
public final class Judge {
  // The others can be told from the message, the conversation, the read marker or the device's
  // mark.
  private static final Set<Suppression> KEPT =
      EnumSet.of(
          Suppression.BLOCKED, Suppression.MUTED, Suppression.PREFERENCE, Suppression.DELETED);

  private final PushDecision decision;
  private final BiFunction<UserId, DeviceId, DeviceStanding> standings;

  /// @param standings what a device's sessions do now
  public Judge(PushDecision decision, BiFunction<UserId, DeviceId, DeviceStanding> standings) {
    this.decision = decision;
    this.standings = standings;
  }

  /// What is to become of some messages on one device; each list ascends.
  ///
  /// @param now to be pushed at once
  /// @param later to be looked at again at `due`, the earliest of their times
  /// @param held back until `heldUntil`
  /// @param never what is to be kept of those that bring no push
  record Judgement(
      List<Long> now,
      List<Long> later,
      Instant due,
      List<Long> held,
      Instant heldUntil,
      List<Decided> never) {}

  /// Judges those of the messages that are wanted, that the device's user may see and that are not
  /// decided yet.
  Judgement judge(
      Target target, ConversationNews news, Predicate<PushableMessage> wanted, Instant now) {
    DeviceStanding standing = standings.apply(target.device().user(), target.device().id());
    long others = othersMark(target);
    List<Long> pushed = new ArrayList<>();
    List<Long> later = new ArrayList<>();
    List<Long> held = new ArrayList<>();
    Map<Suppression, List<Long>> never = new TreeMap<>();
    Instant due = Instant.MAX;
    Instant heldUntil = Instant.MAX;
    for (PushableMessage message : news.messages()) {
      if (!wanted.test(message)
          || message.sequence() < target.visibleFrom()
          || target.isDecided(message.sequence())) {
        continue;
      }
      switch (plan(target, news, message, new Moment(standing, others, now))) {
        case PushPlan.Now() -> pushed.add(message.sequence());
        case PushPlan.At(Instant at) -> {
          later.add(message.sequence());
          due = earlier(due, at);
        }
        case PushPlan.Held(Instant until) -> {
          held.add(message.sequence());
          heldUntil = earlier(heldUntil, until);
        }
        case PushPlan.Never(Suppression because) ->
            never.computeIfAbsent(because, _ -> new ArrayList<>()).add(message.sequence());
      }
    }
    return new Judgement(pushed, later, due, held, heldUntil, kept(target, never));
  }

  /// Whether somebody looks at the device now: its app sees for itself what has been read.
  boolean isInUse(Target target) {
    return standings.apply(target.device().user(), target.device().id())
        instanceof DeviceStanding.Foreground;
  }

  private record Moment(DeviceStanding standing, long othersMark, Instant now) {}

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  // Up to where another device of the user, at which they look, has acknowledged.
  private long othersMark(Target target) {
    long highest = 0;
    for (Map.Entry<DeviceId, Long> mark : target.marks().entrySet()) {
      if (mark.getValue() > highest
          && !mark.getKey().equals(target.device().id())
          && standings.apply(target.device().user(), mark.getKey())
              instanceof DeviceStanding.Foreground) {
        highest = mark.getValue();
      }
    }
    return highest;
  }

  private PushPlan plan(
      Target target, ConversationNews news, PushableMessage message, Moment moment) {
    if (message.isDeleted()) {
      return new PushPlan.Never(Suppression.DELETED);
    }
    UserId user = target.device().user();
    long sequence = message.sequence();
    return decision.decide(
        new PushMessage(
            news.kindHasPushes(),
            message.sender(),
            message.isSystem() || message.content().isSilent(),
            message.content().isUrgent(),
            message.content().mentions(user),
            message.committedAt()),
        new Recipient(
            user,
            target.blocked().contains(message.sender()),
            target.muted().contains(message.sender()),
            target.read() >= sequence,
            target.preference()),
        new PushDevice(
            target.device().registration().isPresent(),
            moment.standing(),
            target.mark() >= sequence,
            moment.othersMark() >= sequence),
        moment.now());
  }

  private static List<Decided> kept(Target target, Map<Suppression, List<Long>> never) {
    List<Decided> kept = new ArrayList<>();
    never.forEach(
        (because, sequences) -> {
          if (KEPT.contains(because)) {
            for (SequenceRange range : SequenceRange.of(sequences)) {
              kept.add(new Decided(target.place(), range, because.number(), ""));
            }
          }
        });
    return kept;
  }
}
