// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.device.PushRegistration;

/// What every sender promises, against a true fake of its service. A sender is given 3 s for what
/// has 30 s otherwise.
public abstract class PushSenderContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofSeconds(90);
  private static final int MANY = 300;
  private static final String TITLE = "Alice of the secret title";
  private static final String TEXT = "the secret text";

  /// For whom the sender is that is tested; the number makes the address another.
  protected abstract PushRegistration registration(int number);

  /// The sender; the same during one test.
  protected abstract PushSender sender();

  /// How many pushes the service has accepted.
  protected abstract int accepted();

  /// From now on the service accepts.
  protected abstract void serviceAccepts();

  /// From now on the service refuses whatever it gets for good.
  protected abstract void serviceRefuses();

  /// From now on the service calls all registrations dead.
  protected abstract void serviceBuries();

  /// From now on the service takes what it gets and says nothing.
  protected abstract void serviceHangs();

  /// From now on nobody listens, until it accepts again.
  protected abstract void serviceIsDown();

  /// From now on the service is busy.
  protected abstract void serviceIsBusy();

  /// From now on the service asks to wait so long.
  ///
  /// Returns whether services of this kind can say for how long.
  protected abstract boolean serviceAsksToWait(Duration time);

  @AfterEach
  final void closesTheSender() {
    sender().close();
  }

  @Test
  void bannerAndClearAreAccepted() {
    assertThat(outcome(banner(1))).isEqualTo(new PushOutcome.Accepted());
    assertThat(outcome(SamplePushes.clear(registration(1)))).isEqualTo(new PushOutcome.Accepted());
    assertThat(accepted()).isEqualTo(2);
  }

  @Test
  void manyAtOnceAreEachAnswered() {
    var outcomes = IntStream.range(0, MANY).mapToObj(it -> sender().send(banner(it))).toList();

    outcomes.forEach(it -> assertThat(answer(it)).isEqualTo(new PushOutcome.Accepted()));
    assertThat(accepted()).isEqualTo(MANY);
  }

  @Test
  void refusedPushIsNeverTriedAgain() {
    serviceRefuses();

    assertThat(outcome(banner(1))).isInstanceOf(PushOutcome.Refused.class);
  }

  @Test
  void deadRegistrationIsGoneSinceAMomentNotLaterThanItsPush() {
    serviceBuries();

    Instant latest = Instant.now().plus(AT_ONCE);
    PushOutcome outcome = outcome(banner(1));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            PushOutcome.TokenGone.class, gone -> assertThat(gone.since()).isBefore(latest));
  }

  @Test
  void hungServiceFailsInTimeAndIsUsedAgainWhenItAnswers() {
    assertThat(outcome(banner(1))).isEqualTo(new PushOutcome.Accepted());
    serviceHangs();

    Instant start = Instant.now();
    assertThat(outcome(banner(2))).isInstanceOf(PushOutcome.Failed.class);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));

    serviceAccepts();
    comesBack();
  }

  @Test
  void serviceThatIsDownFailsAndIsUsedAgainWhenItIsBack() {
    assertThat(outcome(banner(1))).isEqualTo(new PushOutcome.Accepted());
    serviceIsDown();

    assertThat(outcome(banner(2))).isInstanceOf(PushOutcome.Failed.class);

    serviceAccepts();
    comesBack();
  }

  @Test
  void busyServiceFailsAtOnceAndIsNotAskedAgainBySenders() {
    serviceIsBusy();

    Instant start = Instant.now();
    assertThat(outcome(banner(1))).isInstanceOf(PushOutcome.Failed.class);
    assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE.multipliedBy(2));
  }

  @Test
  void whatTheServiceSaysOfWaitingIsToldOn() {
    boolean tells = serviceAsksToWait(WAIT);

    assertThat(outcome(banner(1)))
        .isInstanceOfSatisfying(
            PushOutcome.Failed.class,
            failed ->
                assertThat(failed.retryAfter())
                    .isEqualTo(tells ? Optional.of(WAIT) : Optional.empty()));
  }

  @Test
  void registrationOfAnotherServiceIsRefused() {
    PushRegistration other =
        registration(1) instanceof PushRegistration.WebPush
            ? new PushRegistration.FcmToken("of-another")
            : new PushRegistration.WebPush("https://push.example/1", "key", "auth");

    assertThat(outcome(SamplePushes.banner(other, TITLE, TEXT)))
        .isInstanceOf(PushOutcome.Refused.class);
    assertThat(accepted()).isZero();
  }

  @Test
  void sendingNeverBlocks() {
    serviceHangs();

    Instant start = Instant.now();
    var outcomes = IntStream.range(0, MANY).mapToObj(it -> sender().send(banner(it))).toList();
    Duration taken = Duration.between(start, Instant.now());

    assertThat(taken).isLessThan(AT_ONCE);
    outcomes.forEach(it -> assertThat(answer(it)).isInstanceOf(PushOutcome.Failed.class));
  }

  @Test
  void whatIsOnItsWayFailsWhenTheSenderIsClosed() {
    assertThat(outcome(banner(1))).isEqualTo(new PushOutcome.Accepted());
    serviceHangs();
    Future<PushOutcome> underWay = sender().send(banner(2));

    sender().close();

    assertThat(answer(underWay)).isInstanceOf(PushOutcome.Failed.class);
    assertThat(outcome(banner(3))).isInstanceOf(PushOutcome.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuses", "buries", "hangs", "down", "busy", "waits"})
  void outcomesHoldNothingOfThePush(String state) {
    switch (state) {
      case "refuses" -> serviceRefuses();
      case "buries" -> serviceBuries();
      case "hangs" -> serviceHangs();
      case "down" -> serviceIsDown();
      case "busy" -> serviceIsBusy();
      default -> serviceAsksToWait(WAIT);
    }

    assertThat(outcome(banner(1)).toString())
        .doesNotContain(
            registration(1).address(), TITLE, TEXT, SamplePushes.CONVERSATION.toString());
  }

  private void comesBack() {
    Eventually.holds(
        "sent again", PATIENCE, () -> outcome(banner(3)).equals(new PushOutcome.Accepted()));
  }

  private Push banner(int number) {
    return SamplePushes.banner(registration(number), TITLE, TEXT);
  }

  /// What becomes of it.
  protected final PushOutcome outcome(Push push) {
    return answer(sender().send(push));
  }

  private static PushOutcome answer(Future<PushOutcome> outcome) {
    return outcome
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
