// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tern.auth.Secret;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.SamplePushes;

/// What is Apple's own: headers, credentials, and each of its reasons.
final class ApnsServiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String PASSWORD = "for-a-test";
  private static final PushRegistration PHONE =
      new PushRegistration.Apns("a1b2c3", "com.example.app", false);

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static SigningKey key;

  private FakeApns apns;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
    key = SigningKey.in(folder);
  }

  @BeforeEach
  void start() throws IOException {
    apns = new FakeApns(certificate);
  }

  @AfterEach
  void stop() {
    apns.close();
  }

  private PushOutcome send(ApnsConfig config, Push push) {
    try (ApnsSender sender = new ApnsSender(config, CLOCK)) {
      return sender
          .send(push)
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    }
  }

  private PushOutcome send(Push push) {
    return send(apns.config(key), push);
  }

  private ApnsConfig config(String certificateFile, String password, List<String> bundleIds) {
    ApnsConfig base = apns.config(key);
    boolean isKey = certificateFile.isEmpty();
    return new ApnsConfig(
        isKey ? base.key() : "",
        base.keyId(),
        base.teamId(),
        certificateFile,
        Secret.of(password),
        bundleIds,
        1,
        base.host(),
        base.port(),
        base.authorities());
  }

  @Test
  void bannerIsImmediateAndReplacesTheConversationsOlderOne() {
    Push push = SamplePushes.banner(PHONE, "Alice", "On my way");

    assertThat(send(push)).isEqualTo(new PushOutcome.Accepted());

    assertThat(apns.accepted().getFirst().token()).isEqualTo("a1b2c3");
    assertThat(apns.accepted().getFirst().headers())
        .containsEntry("apns-topic", "com.example.app")
        .containsEntry("apns-push-type", "alert")
        .containsEntry("apns-priority", "10")
        .containsEntry("apns-collapse-id", SamplePushes.CONVERSATION.toString())
        .containsEntry("apns-expiration", Long.toString(push.expiresAt().getEpochSecond()));
  }

  @Test
  void clearIsOfLowPriorityAndReplacesNothing() {
    send(SamplePushes.clear(PHONE));

    assertThat(apns.accepted().getFirst().headers())
        .containsEntry("apns-push-type", "alert")
        .containsEntry("apns-priority", "5")
        .doesNotContainKey("apns-collapse-id");
  }

  @Test
  void newerSummaryReplacesTheOlderOne() {
    send(new Push(PHONE, Optional.empty(), 0, 7, NOW, SamplePushes.banner("3 chats", "7 new")));

    assertThat(apns.accepted().getFirst().headers())
        .containsEntry("apns-collapse-id", "tern-summary");
  }

  @Test
  void keySignsTokensForTheTeam() throws ParseException, GeneralSecurityException {
    send(SamplePushes.clear(PHONE));

    String authorization = apns.accepted().getFirst().headers().get("authorization");
    SignedJWT token =
        SignedJWT.parse(String.valueOf(authorization).replaceFirst("(?i)bearer ", ""));
    // Pushy writes the signature in DER, which Apple takes and RFC 7518 does not know.
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(key.publicKey());
    verifier.update(token.getSigningInput());
    assertThat(verifier.verify(token.getSignature().decode())).isTrue();
    assertThat(token.getHeader().getKeyID()).isEqualTo(SigningKey.KEY_ID);
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(SigningKey.TEAM_ID);
    assertThat(apns.clients()).containsOnly("");
  }

  @Test
  void certificateIsShownInPlaceOfAKey() {
    ApnsConfig config = config(folder.resolve("store.p12").toString(), PASSWORD, List.of());

    assertThat(send(config, SamplePushes.clear(PHONE))).isEqualTo(new PushOutcome.Accepted());

    assertThat(apns.clients()).containsOnly("CN=localhost");
    assertThat(apns.accepted().getFirst().headers()).doesNotContainKey("authorization");
  }

  @Test
  void onlyTheAppsInTheSettingsArePushedTo() {
    ApnsConfig config = config("", "", List.of("com.example.other", "com.example.more"));
    PushRegistration other = new PushRegistration.Apns("a1b2c3", "com.example.more", true);

    assertThat(send(config, SamplePushes.clear(PHONE)))
        .isEqualTo(new PushOutcome.Refused("BUNDLE_ID_NOT_IN_SETTINGS"));
    assertThat(send(config, SamplePushes.clear(other))).isEqualTo(new PushOutcome.Accepted());
    assertThat(apns.accepted().getFirst().headers())
        .containsEntry("apns-topic", "com.example.more");
  }

  @Test
  void developmentBuildsHaveAHostOfTheirOwn() {
    ApnsConfig apple = new ApnsConfig("", "", "", "", Secret.of(""), List.of(), 1, "", 443, "");

    assertThat(ApnsSender.host(apple, false)).isEqualTo("api.push.apple.com");
    assertThat(ApnsSender.host(apple, true)).isEqualTo("api.sandbox.push.apple.com");
  }

  @Test
  void deadTokenIsGoneSinceAppleSaysSo() {
    Instant since = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);
    apns.buries(since);

    assertThat(send(SamplePushes.clear(PHONE))).isEqualTo(new PushOutcome.TokenGone(since));
  }

  @ParameterizedTest
  @EnumSource
  void eachReasonHasItsOutcome(RejectionReason reason) {
    apns.refuses(reason);

    PushOutcome outcome = send(SamplePushes.clear(PHONE));

    switch (reason) {
      case BAD_DEVICE_TOKEN, UNREGISTERED ->
          assertThat(outcome).isEqualTo(new PushOutcome.TokenGone(NOW));
      case BAD_CERTIFICATE,
          BAD_CERTIFICATE_ENVIRONMENT,
          EXPIRED_PROVIDER_TOKEN,
          FORBIDDEN,
          INVALID_PROVIDER_TOKEN,
          MISSING_PROVIDER_TOKEN,
          IDLE_TIMEOUT,
          TOO_MANY_PROVIDER_TOKEN_UPDATES,
          TOO_MANY_REQUESTS,
          INTERNAL_SERVER_ERROR,
          SERVICE_UNAVAILABLE,
          SHUTDOWN ->
          assertThat(outcome).isInstanceOf(PushOutcome.Failed.class);
      default -> assertThat(outcome).isInstanceOf(PushOutcome.Refused.class);
    }
  }

  @Test
  void fileThatIsNoKeyIsRefusedByItsSetting() throws IOException {
    Path none = Files.writeString(folder.resolve("none.p8"), "no key");
    ApnsConfig base = apns.config(key);

    for (String file : List.of(none.toString(), folder.toString(), "missing.p8")) {
      ApnsConfig config =
          new ApnsConfig(
              file, base.keyId(), base.teamId(), "", Secret.of(""), List.of(), 1, "", 443, "");
      assertThatThrownBy(() -> send(config, SamplePushes.clear(PHONE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("push.apns.key: " + file)
          .hasMessageContaining("(expected: ");
    }
  }

  @Test
  void wrongPasswordIsRefusedByTheCertificatesSetting() {
    ApnsConfig config = config(folder.resolve("store.p12").toString(), "s3cret", List.of());

    assertThatThrownBy(() -> send(config, SamplePushes.clear(PHONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("push.apns.certificate: ")
        .hasMessageContaining("push.apns.certificate_password")
        .hasMessageNotContaining("s3cret");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void serviceThatAnswersSlowlyIsWaitedFor() {
    apns.delay(Duration.ofMillis(200));

    assertThat(send(SamplePushes.clear(PHONE))).isEqualTo(new PushOutcome.Accepted());
  }
}
