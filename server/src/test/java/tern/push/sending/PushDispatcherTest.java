// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import tern.push.Ledger;
import tern.push.Push;
import tern.push.PushConfig;
import tern.push.PushContent;
import tern.push.PushMetrics;
import tern.push.PushOutcome;
import tern.push.PushSender;
import tern.push.Unread;
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
  private static final ConversationId UNRENDERABLE = new ConversationId(new UUID(1, 1));
  private static final ConversationId UNSENDABLE = new ConversationId(new UUID(1, 2));
  private static final ConversationId UNKEEPABLE = new ConversationId(new UUID(1, 3));
  private static final UserId ALICE = new UserId("alice");
  private static final UserId BOB = new UserId("bob");

  private final Clock clock = Clock.systemUTC();
  private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
  private final Database database = new Database(TestPostgres.newMigratedDatabase());
  private final Told told = new Told(SECOND, clock);
  private final Ledger ledger = new Ledger(database, NODE, clock);
  private final PushDispatcher dispatcher = dispatcher(new Accepting(), told);

  private PushDispatcher dispatcher(PushSender sender, Told remembering) {
    return new PushDispatcher(
        ledger,
        sender,
        new Banners(database, PushDispatcherTest::unread, remembering, config()),
        new Endings(ledger, (_, _) -> {}, PushMetrics.NONE, new SplittableRandom(1)),
        remembering);
  }

  // A push service that takes everything, save for what it is told of that can't be.
  private final class Accepting implements PushSender {
    @Override
    public Future<PushOutcome> send(Push push) {
      if (push.conversation().filter(UNSENDABLE::equals).isPresent()) {
        throw new IllegalStateException("can't be sent");
      }
      if (push.conversation().filter(UNKEEPABLE::equals).isPresent()) {
        return Future.succeededFuture(new PushOutcome.Refused("no text of PostgreSQL: \0"));
      }
      pushes.add(push);
      return Future.succeededFuture(new PushOutcome.Accepted());
    }

    @Override
    public void close() {}
  }

  // A push service that takes its time.
  private record Answering(Future<PushOutcome> answer) implements PushSender {
    @Override
    public Future<PushOutcome> send(Push push) {
      return answer;
    }

    @Override
    public void close() {}
  }

  // Holds up each thread but the one that made it, until it is let go, or for a moment.
  private static final class HoldingClock extends Clock {
    private static final long MOMENT_MS = 300;

    private final Thread maker = Thread.currentThread();
    private final CountDownLatch letGo;

    HoldingClock(CountDownLatch letGo) {
      this.letGo = letGo;
    }

    @Override
    public Instant instant() {
      try {
        boolean _ =
            Thread.currentThread().equals(maker) || letGo.await(MOMENT_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Map<UserId, Unread> unread(Map<UserId, Set<ConversationId>> asked) {
    if (asked.getOrDefault(BOB, Set.of()).contains(UNRENDERABLE)) {
      throw new IllegalStateException("can't be rendered");
    }
    return Map.of();
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

  private void dispatchAmongOthers(ConversationId poisoned, int settles) {
    AtomicInteger settled = new AtomicInteger();
    List<ConversationId> others =
        Stream.generate(() -> new ConversationId(UUID.randomUUID())).limit(4).toList();
    dispatcher.dispatch(
        Stream.of(others.subList(0, 2), List.of(poisoned), others.subList(2, 4))
            .flatMap(List::stream)
            .map(it -> wake(it, new Settlement(settled::incrementAndGet)))
            .toList(),
        clock.instant());
    Eventually.holds("as many are settled", PATIENCE, () -> settled.get() == settles);
    Eventually.holds("none is on its way", PATIENCE, () -> dispatcher.inFlight() == 0);
    assertThat(pushes.stream().map(it -> it.conversation().orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void pushThatCannotBeRenderedIsRefusedAndKeepsNoOther() {
    dispatchAmongOthers(UNRENDERABLE, 5);

    assertThat(waiting(clock.instant().plus(MINUTE))).isEmpty();
    assertThat(database.text("select reason from push_decision where reason is not null"))
        .isEqualTo("NOT_RENDERED");
  }

  @Test
  void pushThatItsSenderChokesOnIsTriedAgainAndKeepsNoOther() {
    dispatchAmongOthers(UNSENDABLE, 5);

    assertThat(waiting(clock.instant().plus(MINUTE)))
        .extracting(it -> it.place().conversation())
        .containsExactly(UNSENDABLE);
  }

  @Test
  void outcomeThatCannotBeKeptKeepsNoOther() {
    dispatchAmongOthers(UNKEEPABLE, 4);

    assertThat(database.text("select count(*) from push_decision where outcome = 20"))
        .isEqualTo("4");
  }

  @Test
  void endWaitsForAnAnswerUntilItIsKept() {
    Promise<PushOutcome> answer = Promise.promise();
    CountDownLatch ended = new CountDownLatch(1);
    PushDispatcher leaving =
        dispatcher(new Answering(answer.future()), new Told(SECOND, new HoldingClock(ended)));
    leaving.start();
    leaving.dispatch(
        List.of(wake(new ConversationId(UUID.randomUUID()), new Settlement(() -> {}))),
        clock.instant());
    Thread answering = Thread.ofPlatform().start(() -> answer.complete(new PushOutcome.Accepted()));

    leaving.close();
    ended.countDown();

    Eventually.holds("the answer is in", PATIENCE, () -> !answering.isAlive());
    assertThat(database.text("select count(*) from push_decision where outcome = 20"))
        .isEqualTo("1");
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
