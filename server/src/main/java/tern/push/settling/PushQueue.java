// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.settling;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.push.Ledger;
import tern.push.decision.Suppression;
import tern.push.ledger.ConversationNews;
import tern.push.ledger.Decided;
import tern.push.ledger.DecisionTable;
import tern.push.ledger.NewsTable;
import tern.push.ledger.PushPlace;
import tern.push.ledger.PushableMessage;
import tern.push.ledger.QueueTable;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.Target;
import tern.push.ledger.TargetTable;
import tern.push.ledger.WaitingPush;
import tern.push.sending.PushDispatcher;
import tern.push.sending.PushEnding;
import tern.push.sending.Wake;
import tern.store.GroupCommit;

/// Works off the pushes that wait in the store. Each is decided anew when it is due: what has been
/// read, deleted, muted or acknowledged meanwhile is not pushed, and who is about to look is given
/// their time.
///
/// Several threads may look at once, each of them for users of its own.
public final class PushQueue {
  private static final Logger LOG = LoggerFactory.getLogger(PushQueue.class);

  private static final int AT_ONCE = 500;

  private final Ledger ledger;
  private final NewsTable newsTable;
  private final Judge judge;
  private final PushDispatcher dispatcher;
  private final Duration timeToLive;
  // Taken, and not worked off, for the store failed: nobody else is given them for a while.
  private final ConcurrentMap<QueueTable.Share, List<WaitingPush>> undone =
      new ConcurrentHashMap<>();

  /// @param timeToLive for how long a push is of use
  public PushQueue(
      Ledger ledger,
      NewsTable newsTable,
      Judge judge,
      PushDispatcher dispatcher,
      Duration timeToLive) {
    this.ledger = ledger;
    this.newsTable = newsTable;
    this.judge = judge;
    this.dispatcher = dispatcher;
    this.timeToLive = timeToLive;
  }

  // What is known of what is due.
  private record Known(
      Map<PushPlace, Target> targets,
      Map<ConversationId, ConversationNews> news,
      Set<PushPlace> banners,
      Instant now) {}

  // What the judgements come to.
  private static final class Sum {
    final List<Wake> wakes = new ArrayList<>();
    final List<WaitingPush> later = new ArrayList<>();
    final List<WaitingPush> held = new ArrayList<>();
    final List<WaitingPush> over = new ArrayList<>();
    final List<Decided> decided = new ArrayList<>();
  }

  /// After a start: what was left is looked at at once.
  public void wake() {
    ledger.run(connection -> QueueTable.wake(connection, ledger.node(), ledger.now()));
  }

  /// Works off what is due to one part of the users. One thread at a time for each part. Blocks;
  /// throws [tern.store.StoreException].
  ///
  /// @param part from 0
  /// @param parts how many there are
  public void look(int part, int parts) {
    QueueTable.Share share = new QueueTable.Share(ledger.node(), part, parts);
    int looked = AT_ONCE;
    // Room is looked for first: what is taken and can't be sent costs a turn.
    while (looked >= AT_ONCE && dispatcher.hasRoom()) {
      looked = lookOnce(share);
    }
  }

  private int lookOnce(QueueTable.Share share) {
    Instant now = ledger.now();
    List<WaitingPush> due =
        Objects.requireNonNullElseGet(undone.remove(share), () -> take(share, now));
    if (due.isEmpty()) {
      return 0;
    }
    List<WaitingPush> again =
        GroupCommit.workOff(due, some -> workOff(some, now), PushQueue::leave);
    if (!again.isEmpty()) {
      undone.put(share, again);
      return 0;
    }
    return due.size();
  }

  // It is looked at again when its lease is over, until it has expired.
  private static void leave(WaitingPush waiting, RuntimeException e) {
    LOG.atError().setCause(e).addKeyValue("kind", waiting.kind()).log("a push can't be decided");
  }

  private List<WaitingPush> take(QueueTable.Share share, Instant now) {
    return ledger.transaction(
        connection -> QueueTable.take(connection, share, now, PushDispatcher.LEASE, AT_ONCE));
  }

  private void workOff(List<WaitingPush> due, Instant now) {
    Known known = ledger.run(connection -> read(connection, due, now));
    Sum sum = new Sum();
    due.forEach(waiting -> look(waiting, known, sum));
    ledger.change(
        connection -> {
          DecisionTable.keep(connection, sum.decided);
          QueueTable.remove(connection, now, sum.over);
          QueueTable.put(connection, ledger.node(), sum.held);
          QueueTable.putOff(connection, sum.later);
        });
    dispatcher.dispatch(sum.wakes, now);
  }

  private Known read(Connection connection, List<WaitingPush> due, Instant now)
      throws SQLException {
    Map<ConversationId, SequenceRange> ranges = new HashMap<>();
    Set<PushPlace> places = new HashSet<>();
    Set<PushPlace> toClear = new HashSet<>();
    for (WaitingPush waiting : due) {
      places.add(waiting.place());
      if (waiting.kind() == WaitingPush.Kind.CLEAR) {
        toClear.add(waiting.place());
      }
      ranges.merge(waiting.place().conversation(), waiting.range(), SequenceRange::joined);
    }
    Map<ConversationId, ConversationNews> news =
        newsTable.read(connection, ranges, Settling.MESSAGES, now);
    Map<ConversationId, Set<UserId>> senders = new HashMap<>();
    news.forEach(
        (id, it) ->
            senders.put(
                id,
                it.messages().stream()
                    .map(PushableMessage::sender)
                    .collect(Collectors.toUnmodifiableSet())));
    Map<PushPlace, Target> targets = new HashMap<>();
    for (Target target : TargetTable.at(connection, places, senders)) {
      targets.put(target.place(), target);
    }
    return new Known(targets, news, DecisionTable.bannersAt(connection, toClear), now);
  }

  private void look(WaitingPush waiting, Known known, Sum sum) {
    Target target = known.targets().get(waiting.place());
    ConversationNews news = known.news().get(waiting.place().conversation());
    if (known.now().isAfter(waiting.expiresAt())) {
      end(waiting, PushEnding.EXPIRED.number(), sum);
    } else if (target == null) {
      end(waiting, Suppression.NO_REGISTRATION.number(), sum);
    } else if (news == null) {
      // Its messages have been erased.
      sum.over.add(waiting);
    } else if (waiting.kind() == WaitingPush.Kind.CLEAR) {
      clear(waiting, target, news, known, sum);
    } else {
      judge(waiting, target, within(news, waiting.range()), known.now(), sum);
    }
  }

  private static void end(WaitingPush waiting, int outcome, Sum sum) {
    sum.over.add(waiting);
    if (waiting.kind() != WaitingPush.Kind.CLEAR) {
      sum.decided.add(new Decided(waiting.place(), waiting.range(), outcome, ""));
    }
  }

  // A newer banner has taken the place of the one that was to go, or the app sees to it itself.
  private void clear(
      WaitingPush waiting, Target target, ConversationNews news, Known known, Sum sum) {
    if (known.banners().contains(waiting.place()) || judge.isInUse(target)) {
      sum.over.add(waiting);
    } else {
      sum.wakes.add(new Wake(target, news, List.of(), waiting, Optional.empty()));
    }
  }

  private static ConversationNews within(ConversationNews news, SequenceRange range) {
    return news.with(news.messages().stream().filter(it -> range.has(it.sequence())).toList());
  }

  private void judge(
      WaitingPush waiting, Target target, ConversationNews news, Instant now, Sum sum) {
    Judge.Judgement judgement = judge.judge(target, news, _ -> true, now);
    sum.decided.addAll(judgement.never());
    if (!judgement.held().isEmpty()) {
      sum.held.add(held(waiting, judgement));
    }
    Instant busyUntil = dispatcher.busyUntil(waiting.place());
    if (!judgement.now().isEmpty() && busyUntil.isAfter(now)) {
      sum.later.add(waiting.dueAt(busyUntil));
    } else if (!judgement.now().isEmpty()) {
      // All that waits there goes in one push.
      List<Long> told =
          Stream.concat(judgement.now().stream(), judgement.later().stream()).sorted().toList();
      sum.wakes.add(new Wake(target, news, ranges(told, waiting, news), waiting, Optional.empty()));
    } else if (!judgement.later().isEmpty()) {
      sum.later.add(waiting.dueAt(judgement.due()));
    } else if (waiting.kind() != WaitingPush.Kind.HELD || judgement.held().isEmpty()) {
      sum.over.add(waiting);
    } else {
      sum.later.add(waiting.dueAt(judgement.heldUntil()));
    }
  }

  private WaitingPush held(WaitingPush waiting, Judge.Judgement judgement) {
    return new WaitingPush(
        waiting.place(),
        WaitingPush.Kind.HELD,
        SequenceRange.across(judgement.held()),
        judgement.heldUntil(),
        judgement.heldUntil().plus(timeToLive),
        0);
  }

  // Of many messages only the newest are looked at: what became of the oldest of them became of
  // those before it.
  private static List<SequenceRange> ranges(
      List<Long> told, WaitingPush waiting, ConversationNews news) {
    List<SequenceRange> ranges = new ArrayList<>(SequenceRange.of(told));
    boolean isCut = news.messages().size() >= Settling.MESSAGES;
    if (isCut && told.getFirst() == news.messages().getFirst().sequence()) {
      ranges.set(0, new SequenceRange(waiting.range().first(), ranges.getFirst().last()));
    }
    return ranges;
  }
}
