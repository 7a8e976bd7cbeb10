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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.push.CommittedMessage;
import tern.push.Ledger;
import tern.push.ledger.ConversationNews;
import tern.push.ledger.Decided;
import tern.push.ledger.DecisionTable;
import tern.push.ledger.NewsTable;
import tern.push.ledger.PushPlace;
import tern.push.ledger.QueueTable;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.Target;
import tern.push.ledger.TargetTable;
import tern.push.ledger.WaitingPush;
import tern.push.sending.PushDispatcher;
import tern.push.sending.Settlement;
import tern.push.sending.Wake;
import tern.store.GroupCommit;

/// Decides, for each device of each recipient, what is to become of messages that have just been
/// committed: who is absent is woken at once; who looks has a moment to acknowledge before it is
/// written down that they are to be looked at again.
///
/// Messages are settled by one thread at a time; whom it wakes is handed on by another: while the
/// one asks the store about the next messages, the other asks what is unread. Acknowledgements come
/// from a third.
public final class Settling implements AutoCloseable {
  // Devices in the foreground acknowledge within a second; what is open then is few, and is kept in
  // the store.
  private static final Duration YOUNG = Duration.ofSeconds(3);
  // Beyond it nothing waits here for acknowledgements, but in the store.
  private static final int MAX_YOUNG = 100_000;
  // Many wakes each; whoever settles waits for room. What goes at once is decided a moment before
  // it goes: so few wait, lest that moment grows long.
  private static final int BATCHES = 2;
  // Of one conversation at once; the queue reads as many.
  static final int MESSAGES = 50;

  private final Ledger ledger;
  private final NewsTable newsTable;
  private final Judge judge;
  private final PushDispatcher dispatcher;
  private final Duration timeToLive;
  private final ConcurrentMap<PushPlace, Young> young = new ConcurrentHashMap<>();
  private final GroupCommit<Batch> awakening =
      new GroupCommit<>("pushes handed on", BATCHES, 1, this::handOn);

  /// @param timeToLive for how long a push is of use
  public Settling(
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

  /// What waits for an acknowledgement, or for more to go in the same push, not yet in the store.
  ///
  /// @param until when it goes there
  /// @param settlements who wait until it is
  private record Young(WaitingPush waiting, Instant until, List<Settlement> settlements) {
    void resolve() {
      settlements.forEach(Settlement::resolve);
    }
  }

  // Whom to wake, and when that was decided.
  private record Batch(List<Wake> wakes, Instant decided) {}

  // What the judgements about many devices come to.
  private static final class Sum {
    final Instant now;
    final Settlement settlement;
    final List<Wake> wakes = new ArrayList<>();
    final List<WaitingPush> later = new ArrayList<>();
    final List<WaitingPush> stored = new ArrayList<>();
    final List<Decided> decided = new ArrayList<>();

    Sum(Instant now, Settlement settlement) {
      this.now = now;
      this.settlement = settlement;
    }
  }

  /// Begins.
  public Settling start() {
    awakening.start();
    return this;
  }

  /// Settles these; `settled` is told, on any thread, once it stands in the store for every device
  /// what became of them. Blocks; throws [tern.store.StoreException] when nothing was decided: to
  /// be called again then.
  public void settle(List<CommittedMessage> messages, Runnable settled) {
    Settlement settlement = new Settlement(settled);
    Map<ConversationId, Map<Long, CommittedMessage>> asked = new HashMap<>();
    Map<ConversationId, Set<UserId>> senders = new HashMap<>();
    for (CommittedMessage message : messages) {
      asked
          .computeIfAbsent(message.conversation(), _ -> new HashMap<>())
          .put(message.sequence(), message);
      senders.computeIfAbsent(message.conversation(), _ -> new HashSet<>()).add(message.sender());
    }
    Instant now = ledger.now();
    Sum sum = ledger.run(connection -> decide(connection, asked, senders, now, settlement));
    if (!sum.stored.isEmpty() || !sum.decided.isEmpty()) {
      ledger.change(
          connection -> {
            DecisionTable.keep(connection, sum.decided);
            QueueTable.put(connection, ledger.node(), sum.stored);
          });
    }
    sum.later.forEach(waiting -> await(waiting, settlement, now));
    sum.wakes.forEach(_ -> settlement.open());
    if (!sum.wakes.isEmpty()) {
      awakening.put(new Batch(sum.wakes, now));
    }
    settlement.resolve();
  }

  private List<Batch> handOn(List<Batch> batches) {
    batches.forEach(batch -> dispatcher.dispatch(batch.wakes(), batch.decided()));
    return List.of();
  }

  private Sum decide(
      Connection connection,
      Map<ConversationId, Map<Long, CommittedMessage>> asked,
      Map<ConversationId, Set<UserId>> senders,
      Instant now,
      Settlement settlement)
      throws SQLException {
    Sum sum = new Sum(now, settlement);
    List<Target> targets =
        TargetTable.ofMembers(connection, senders).stream()
            .filter(it -> concerns(it, asked))
            .toList();
    if (targets.isEmpty()) {
      return sum;
    }
    Map<ConversationId, SequenceRange> ranges = new HashMap<>();
    for (Target target : targets) {
      ranges.computeIfAbsent(
          target.conversation(), it -> range(asked.getOrDefault(it, Map.of()).keySet()));
    }
    Map<ConversationId, ConversationNews> news =
        newsTable.read(connection, ranges, asked.values().stream().mapToInt(Map::size).sum(), now);
    for (Target target : targets) {
      ConversationNews about = news.get(target.conversation());
      if (about != null) {
        decide(target, about, asked.getOrDefault(about.id(), Map.of()), sum);
      }
    }
    return sum;
  }

  private static boolean concerns(
      Target target, Map<ConversationId, Map<Long, CommittedMessage>> asked) {
    return asked.getOrDefault(target.conversation(), Map.of()).values().stream()
        .anyMatch(it -> !it.sender().equals(target.device().user()));
  }

  private static SequenceRange range(Set<Long> sequences) {
    return new SequenceRange(
        sequences.stream().min(Long::compare).orElseThrow(),
        sequences.stream().max(Long::compare).orElseThrow());
  }

  private void decide(
      Target target, ConversationNews news, Map<Long, CommittedMessage> asked, Sum sum) {
    Judge.Judgement judgement =
        judge.judge(
            target,
            news,
            it -> {
              CommittedMessage known = asked.get(it.sequence());
              return known != null && known.revision() >= target.joinedRevision();
            },
            sum.now);
    sum.decided.addAll(judgement.never());
    if (!judgement.held().isEmpty()) {
      sum.stored.add(
          waiting(target, WaitingPush.Kind.HELD, judgement.held(), judgement.heldUntil()));
    }
    if (!judgement.now().isEmpty()) {
      wake(target, news, judgement.now(), sum);
    }
    if (!judgement.later().isEmpty()) {
      sum.later.add(waiting(target, WaitingPush.Kind.NEWS, judgement.later(), judgement.due()));
    }
  }

  // What waits there already goes with it: the queue takes both.
  private void wake(Target target, ConversationNews news, List<Long> pushed, Sum sum) {
    Instant busyUntil = dispatcher.busyUntil(target.place());
    if (busyUntil.isAfter(sum.now)) {
      sum.later.add(waiting(target, WaitingPush.Kind.NEWS, pushed, busyUntil));
      return;
    }
    WaitingPush waiting = waiting(target, WaitingPush.Kind.NEWS, pushed, sum.now);
    if (target.waiting().isPresent() || isYoung(target.place(), sum.now)) {
      sum.stored.add(waiting);
    } else {
      sum.wakes.add(
          new Wake(target, news, SequenceRange.of(pushed), waiting, Optional.of(sum.settlement)));
    }
  }

  private WaitingPush waiting(
      Target target, WaitingPush.Kind kind, List<Long> ascending, Instant due) {
    SequenceRange range = SequenceRange.across(ascending);
    return new WaitingPush(target.place(), kind, range, due, due.plus(timeToLive), 0);
  }

  // Sends what waits there to the store at the next turn.
  private boolean isYoung(PushPlace place, Instant now) {
    return young.computeIfPresent(
            place, (_, it) -> new Young(it.waiting().dueAt(now), Instant.MIN, it.settlements()))
        != null;
  }

  private void await(WaitingPush waiting, Settlement settlement, Instant now) {
    settlement.open();
    Instant until =
        young.size() < MAX_YOUNG ? earlier(waiting.dueAt(), now.plus(YOUNG)) : Instant.MIN;
    young.merge(
        waiting.place(),
        new Young(waiting, until, List.of(settlement)),
        (earlier, later) -> {
          List<Settlement> settlements = new ArrayList<>(earlier.settlements());
          settlements.addAll(later.settlements());
          return new Young(
              earlier.waiting().joined(later.waiting()),
              earlier(earlier.until(), later.until()),
              settlements);
        });
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// These marks stand in the store.
  public void acknowledged(Map<PushPlace, Long> marks) {
    marks.forEach(
        (place, sequence) ->
            young.computeIfPresent(
                place,
                (_, it) -> {
                  if (it.waiting().range().last() > sequence) {
                    return it;
                  }
                  it.resolve();
                  return null;
                }));
  }

  /// Puts what has waited for long into the store; to be called twice a second. Blocks.
  public void age() {
    store(ledger.now());
  }

  /// Puts all that waits into the store. Blocks.
  public void ageAll() {
    store(Instant.MAX);
  }

  private void store(Instant now) {
    List<Young> old = young.values().stream().filter(it -> !it.until().isAfter(now)).toList();
    if (old.isEmpty()) {
      return;
    }
    ledger.change(
        connection -> {
          QueueTable.put(connection, ledger.node(), old.stream().map(Young::waiting).toList());
        });
    for (Young each : old) {
      // What has joined it meanwhile is put there at the next turn.
      young.computeIfPresent(
          each.waiting().place(),
          (_, it) -> {
            if (!it.equals(each)) {
              return it;
            }
            each.resolve();
            return null;
          });
    }
  }

  /// Hands on who is to be woken, then ends. Nobody may settle any more.
  @Override
  public void close() {
    awakening.close();
  }
}
