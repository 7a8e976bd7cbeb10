// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.auth.Secret;
import tern.device.Device;
import tern.device.PushRegistration;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.Push;
import tern.push.PushConfig;
import tern.push.PushContent;
import tern.push.PushMetrics;
import tern.push.PushOutcome;
import tern.push.PushSender;
import tern.push.apns.ApnsConfig;
import tern.push.decision.PushPreference;
import tern.push.decision.PushTimings;
import tern.push.fcm.FcmConfig;
import tern.push.ledger.ConversationNews;
import tern.push.ledger.PushableMessage;
import tern.push.ledger.QueueTable;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.Target;
import tern.push.ledger.WaitingPush;
import tern.push.ledger.WaitingPush.Kind;
import tern.push.text.Gist;
import tern.push.webpush.WebPushConfig;
import tern.store.Database;
import tern.store.TestPostgres;

class PushDispatcherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int NODE = 1;
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");

  private final Clock clock = Clock.systemUTC();
  private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
  private final Database database = new Database(TestPostgres.newMigratedDatabase());
  private final Told told = new Told(SECOND, clock);
  private final PushDispatcher dispatcher =
      new PushDispatcher(
          database,
          NODE,
          new Accepting(),
          new Banners(database, _ -> Map.of(), told, config()),
          new Endings(
              database, NODE, (_, _) -> {}, PushMetrics.NONE, clock, new SplittableRandom(1)),
          told,
          clock);

  // A push service that takes everything.
  private final class Accepting implements PushSender {
    @Override
    public Future<PushOutcome> send(Push push) {
      pushes.add(push);
      return Future.succeededFuture(new PushOutcome.Accepted());
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.close();
    database.close();
  }

  private static PushConfig config() {
    return new PushConfig(
        "none",
        "",
        "",
        MINUTE,
        new PushTimings(SECOND, SECOND, SECOND, SECOND, SECOND),
        Duration.ofDays(60),
        new ApnsConfig("", "", "", "", Secret.of(""), List.of(), 1, "", 443, ""),
        new FcmConfig("", 1, 1, 1, "", ""),
        new WebPushConfig("", ""));
  }

  private Wake wake(ConversationId conversation, Settlement settlement) {
    return wake(conversation, Kind.NEWS, settlement);
  }

  private Wake wake(ConversationId conversation, Kind kind, Settlement settlement) {
    Instant now = clock.instant();
    Device device =
        new Device(
            BOB,
            new DeviceId("phone"),
            Optional.of(new PushRegistration.Apns("ab".repeat(32), "org.example", false)),
            "en",
            Optional.empty(),
            "1",
            now,
            now);
    Target target =
        new Target(
            device,
            conversation,
            1,
            0,
            0,
            PushPreference.DEFAULT,
            Map.of(),
            Set.of(),
            Set.of(),
            List.of(),
            Optional.empty());
    PushContent content =
        new PushContent(false, false, Set.of(), false, new Gist.Words("hi"), Optional.empty());
    PushableMessage message = new PushableMessage(1, ALICE, now, false, false, content);
    ConversationNews news =
        new ConversationNews(conversation, true, true, "", Optional.empty(), List.of(message));
    SequenceRange range = new SequenceRange(1, 1);
    WaitingPush waiting = new WaitingPush(target.place(), kind, range, now, now.plus(MINUTE), 0);
    return new Wake(target, news, List.of(range), waiting, Optional.of(settlement));
  }

  private void dispatch(ConversationId conversation, Instant decided) {
    AtomicInteger settled = new AtomicInteger();
    Settlement settlement = new Settlement(settled::incrementAndGet);
    dispatcher.dispatch(List.of(wake(conversation, settlement)), decided);
    Eventually.holds("it is settled", PATIENCE, () -> settled.get() == 1);
  }

  private List<WaitingPush> waiting(Instant due) {
    return database.transaction(
        connection ->
            QueueTable.take(connection, new QueueTable.Share(NODE, 0, 1), due, MINUTE, 10));
  }

  @Test
  void whatWasDecidedBeforeItsPlaceWasToldIsDecidedAnew() {
    ConversationId conversation = new ConversationId(UUID.randomUUID());
    Instant before = clock.instant();
    dispatch(conversation, before);
    assertThat(pushes).hasSize(1);

    dispatch(conversation, before);

    assertThat(pushes).hasSize(1);
    assertThat(waiting(clock.instant().plus(MINUTE))).hasSize(1);
    assertThat(dispatcher.inFlight()).isZero();
  }

  @Test
  void summaryLeavesOutWhatHasBeenToldSince() {
    ConversationId told = new ConversationId(UUID.randomUUID());
    ConversationId other = new ConversationId(UUID.randomUUID());
    Instant before = clock.instant();
    dispatch(told, before);
    AtomicInteger settled = new AtomicInteger();

    dispatcher.dispatch(
        Stream.of(told, other)
            .map(it -> wake(it, Kind.HELD, new Settlement(settled::incrementAndGet)))
            .toList(),
        before);

    Eventually.holds("both are settled", PATIENCE, () -> settled.get() == 2);
    assertThat(pushes).hasSize(2);
    assertThat(List.copyOf(pushes).getLast().conversation()).contains(other);
  }

  @Test
  void whatWasDecidedAfterwardsIsSent() {
    ConversationId conversation = new ConversationId(UUID.randomUUID());
    dispatch(conversation, clock.instant());

    dispatch(conversation, clock.instant().plusMillis(1));

    assertThat(pushes).hasSize(2);
    assertThat(waiting(clock.instant().plus(MINUTE))).isEmpty();
  }
}
