// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.SamplePushes;

/// What is Google's own: targets, access tokens, and each of its errors.
final class FcmServiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final PushRegistration TABLET = new PushRegistration.FcmToken("a-token");

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static ServiceAccount account;

  private final Vertx vertx = Vertx.vertx();
  private FakeFcm fcm;
  private FcmSender sender;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
    account = ServiceAccount.create();
  }

  @BeforeEach
  void start() throws IOException {
    fcm = new FakeFcm(certificate, account);
    sender = new FcmSender(vertx, fcm.config(folder), CLOCK);
  }

  @AfterEach
  void stop() {
    sender.close();
    fcm.close();
    vertx.close();
  }

  private PushOutcome send(Push push) {
    return sender
        .send(push)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private PushOutcome answered(FcmReply reply) {
    fcm.answers(reply);
    return send(SamplePushes.clear(TABLET));
  }

  @Test
  void tokenAndInstallationAreTargetsOfTheirOwn() {
    send(SamplePushes.clear(TABLET));
    send(SamplePushes.clear(new PushRegistration.FcmInstallation("an-installation")));

    JsonObject first = fcm.accepted().getFirst().message();
    JsonObject second = fcm.accepted().get(1).message();
    assertThat(first.getString("token")).isEqualTo("a-token");
    assertThat(first.containsKey("fid")).isFalse();
    assertThat(second.getString("fid")).isEqualTo("an-installation");
    assertThat(second.containsKey("token")).isFalse();
  }

  @Test
  void oneAccessTokenServesManyPushesUntilItIsRevoked() {
    send(SamplePushes.clear(TABLET));
    send(SamplePushes.clear(TABLET));
    assertThat(fcm.tokens().given()).isEqualTo(1);

    fcm.tokens().revokesAll();
    assertThat(send(SamplePushes.clear(TABLET))).isEqualTo(new PushOutcome.Accepted());
    assertThat(fcm.tokens().given()).isEqualTo(2);
  }

  @Test
  void withoutAnAccessTokenPushesFail() {
    fcm.tokens().goesDown();

    assertThat(send(SamplePushes.clear(TABLET))).isInstanceOf(PushOutcome.Failed.class);
    assertThat(fcm.sends()).isZero();
  }

  @Test
  void deadRegistrationIsGoneSinceThePushWasSent() {
    assertThat(answered(FcmReply.unregistered())).isEqualTo(new PushOutcome.TokenGone(NOW));
    assertThat(answered(FcmReply.invalidToken())).isEqualTo(new PushOutcome.TokenGone(NOW));
    assertThat(answered(FcmReply.invalid("message.token")))
        .isEqualTo(new PushOutcome.TokenGone(NOW));
    assertThat(answered(FcmReply.invalid("message.fid"))).isEqualTo(new PushOutcome.TokenGone(NOW));
  }

  @Test
  void registrationIsKeptWhenTheMessageOrTheProjectIsWrong() {
    assertThat(answered(FcmReply.invalid("message.android.ttl")))
        .isEqualTo(new PushOutcome.Refused("INVALID_ARGUMENT"));
    assertThat(answered(FcmReply.ofAnotherSender()))
        .isEqualTo(new PushOutcome.Refused("SENDER_ID_MISMATCH"));
  }

  @Test
  void whenToTryAgainIsAsGoogleSays() {
    assertThat(answered(FcmReply.quotaExceeded(Optional.of("90"))))
        .isEqualTo(failed("QUOTA_EXCEEDED", Duration.ofSeconds(90)));
    assertThat(answered(FcmReply.quotaExceeded(Optional.empty())))
        .isEqualTo(failed("QUOTA_EXCEEDED", Duration.ofMinutes(1)));
    assertThat(answered(FcmReply.unavailable(Optional.of("Thu, 01 Jan 2026 00:00:30 GMT"))))
        .isEqualTo(failed("UNAVAILABLE", Duration.ofSeconds(30)));
    assertThat(answered(FcmReply.internal()))
        .isEqualTo(new PushOutcome.Failed("INTERNAL", Optional.empty()));
    assertThat(answered(FcmReply.badGateway())).isInstanceOf(PushOutcome.Failed.class);
  }

  private static PushOutcome failed(String cause, Duration retryAfter) {
    return new PushOutcome.Failed(cause, Optional.of(retryAfter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "0 | PT0S",
        "120 | PT2M",
        "99999999999 | PT24H",
        "99999999999999999999 | none",
        "'' | none",
        "soon | none",
        "-5 | none",
        "Wed, 31 Dec 2025 23:00:00 GMT | PT0S",
        "Thu, 01 Jan 2026 01:00:00 GMT | PT1H"
      })
  void retryAfterIsSecondsOrADate(String text, Duration expected) {
    assertThat(FcmAnswer.retryAfter(text, NOW)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void busyServiceIsAskedOnce() {
    answered(FcmReply.unavailable(Optional.of("1")));

    assertThat(fcm.sends()).isEqualTo(1);
  }

  @Test
  void slowServiceIsWaitedFor() {
    fcm.delay(Duration.ofMillis(200));

    assertThat(send(SamplePushes.clear(TABLET))).isEqualTo(new PushOutcome.Accepted());
  }

  @Test
  void serviceThatTakesPushesAndSaysNothingFailsInTime() throws IOException {
    try (FcmSender hasty = new FcmSender(vertx, fcm.config(folder), CLOCK, Duration.ofSeconds(2))) {
      fcm.answers(FcmReply.none());

      PushOutcome outcome =
          hasty
              .send(SamplePushes.clear(TABLET))
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(10, TimeUnit.SECONDS)
              .join();

      assertThat(outcome).isInstanceOf(PushOutcome.Failed.class);
      assertThat(fcm.sends()).isEqualTo(1);
    }
  }

  @Test
  void whatGoesBeyondTheDevicesQuotaIsNotSent() {
    for (int i = 0; i < 20; i++) {
      send(SamplePushes.clear(TABLET));
    }

    // Some come back while these are sent.
    long refused =
        IntStream.range(0, 40)
            .mapToObj(_ -> send(SamplePushes.clear(TABLET)))
            .filter(PushOutcome.Failed.class::isInstance)
            .count();

    assertThat(refused).isPositive();
    assertThat(fcm.sends()).isEqualTo(60 - (int) refused);
  }

  @Test
  void fileThatIsNoServiceAccountIsRefusedByItsSetting() throws IOException {
    Path none = Files.writeString(folder.resolve("none.json"), "{\"type\": \"service_account\"}");

    for (String file : List.of(none.toString(), folder.toString(), "missing.json")) {
      FcmConfig config = new FcmConfig(file, 1, 1, 1, "", "");
      assertThatThrownBy(() -> new FcmSender(vertx, config, CLOCK).close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("push.fcm.service_account: " + file)
          .hasMessageContaining("(expected: ");
    }
  }
}
