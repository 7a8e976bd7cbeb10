// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import tern.device.Device;
import tern.device.DeviceStanding;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.decision.PushDecision;
import tern.push.ledger.NewsTable;
import tern.push.ledger.PushPlace;
import tern.push.sending.Banners;
import tern.push.sending.Endings;
import tern.push.sending.PushDispatcher;
import tern.push.sending.Told;
import tern.push.settling.Backlog;
import tern.push.settling.Clears;
import tern.push.settling.Judge;
import tern.push.settling.PushQueue;
import tern.push.settling.Settling;
import tern.store.RepeatingTasks;

/// The push side of delivery: takes messages that have been committed, and sees to it that each
/// ends, for every device of each recipient, as acknowledged, pushed, held, or suppressed for a
/// reason that stands in the store.
///
/// What waits is looked at by two threads: while one asks the store, the other hands on.
public final class Pushes implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration AGE_EVERY = Duration.ofMillis(500);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

  private final Settling settling;
  private final PushQueue queue;
  private final PushDispatcher dispatcher;
  private final Clears clears;
  private final Backlog backlog;
  private final RepeatingTasks tasks = new RepeatingTasks("pushes");
  private final List<RepeatingTasks> lookers =
      List.of(new RepeatingTasks("due pushes"), new RepeatingTasks("more due pushes"));

  /// What pushes ask of others.
  ///
  /// @param contents reads an encoded body of a message
  /// @param standings what a device's sessions do now
  /// @param unread knows what users have not read
  /// @param dead told of a device whose registration its push service calls dead, and since when
  public record Surroundings(
      Function<ByteString, PushContent> contents,
      BiFunction<UserId, DeviceId, DeviceStanding> standings,
      Unread.Counts unread,
      BiConsumer<Device, Instant> dead) {}

  /// @param sender hands pushes on; closed with this
  public Pushes(
      Ledger ledger,
      Surroundings surroundings,
      PushConfig config,
      PushSender sender,
      PushMetrics metrics) {
    Judge judge = new Judge(new PushDecision(config.timings()), surroundings.standings());
    NewsTable news = new NewsTable(surroundings.contents());
    Endings endings = new Endings(ledger, surroundings.dead(), metrics, new SplittableRandom());
    Told told = new Told(config.timings().pause(), ledger.clock());
    Banners banners = new Banners(ledger.database(), surroundings.unread(), told, config);
    Duration timeToLive = config.timeToLive();
    dispatcher = new PushDispatcher(ledger, sender, banners, endings, told);
    settling = new Settling(ledger, news, judge, dispatcher, timeToLive);
    queue = new PushQueue(ledger, news, judge, dispatcher, timeToLive);
    clears = new Clears(ledger, timeToLive);
    backlog = new Backlog(ledger);
  }

  /// Begins. Blocks.
  public Pushes start() {
    dispatcher.start();
    settling.start();
    queue.wake();
    clears.catchUp();
    tasks.every(LOOK_EVERY, clears::work);
    for (int i = 0; i < lookers.size(); i++) {
      int part = i;
      lookers.get(i).every(LOOK_EVERY, () -> queue.look(part, lookers.size()));
    }
    tasks.every(AGE_EVERY, settling::age);
    tasks.every(AGE_EVERY, dispatcher::shelter);
    tasks.every(MEASURE_EVERY, backlog::look);
    return this;
  }

  /// Decides these, and wakes who is absent; `settled` is told, on any thread, once it stands in
  /// the store for every device what became of them. One thread at a time. Blocks; throws
  /// [tern.store.StoreException] when nothing was decided: to be called again then.
  public void settle(List<CommittedMessage> messages, Runnable settled) {
    settling.settle(messages, settled);
  }

  /// These marks stand in the store: the devices know, in the foreground, of everything up to them.
  public void acknowledged(Map<PushPlace, Long> marks) {
    settling.acknowledged(marks);
  }

  /// These users' read markers have moved: banners on their other devices go. Never blocks.
  public void read(ConversationId conversation, List<UserId> users) {
    clears.read(conversation, users);
  }

  /// How much waits in the store.
  public Backlog backlog() {
    return backlog;
  }

  /// How many pushes are on their way to their service.
  public int inFlight() {
    return dispatcher.inFlight();
  }

  /// Puts what waits into the store and waits a moment for the push services' answers, then ends.
  /// Whatever has not been answered is sent again by the next start.
  @Override
  public void close() {
    lookers.forEach(looker -> looker.endWith(() -> {}));
    tasks.endWith(
        () -> {
          clears.work();
          settling.ageAll();
        });
    settling.close();
    dispatcher.close();
  }
}
