// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.id.ConversationId;
import tern.push.Push;
import tern.push.PushOutcome;

class WebPushSenderTest {
  private static final ConversationId ROOM =
      ConversationId.parse("0b6e2f5c-8a52-4d0e-9c59-3f1f0d6a7b11");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final VapidKeys KEYS = VapidKeys.generate();
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static FakePushService service;

  private WebPushSender sender;

  @BeforeAll
  static void startTheService() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
    service = new FakePushService(VERTX, certificate);
  }

  @BeforeEach
  void makeASender() {
    service.works();
    sender = sender(certificate.chain());
  }

  private static WebPushSender sender(String localCertificate) {
    WebPushConfig config = new WebPushConfig("mailto:ops@example.com", localCertificate);
    return new WebPushSender(VERTX, KEYS, config, Clock.systemUTC(), PATIENCE);
  }

  @AfterEach
  void closeTheSender() {
    sender.close();
  }

  @AfterAll
  static void closeTheService() {
    service.close();
    var _ = VERTX.close();
  }

  private static Push push(PushRegistration to, Push.Payload payload) {
    Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
    return new Push(to, Optional.of(ROOM), 41, 3, inAnHour, payload);
  }

  private static Push.Banner banner(String title, String text) {
    return new Push.Banner(title, text, true, false, Optional.empty(), Optional.empty(), List.of());
  }

  private static PushOutcome outcome(Future<PushOutcome> sent) {
    return sent.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private PushOutcome sent(Push push) {
    return outcome(sender.send(push));
  }

  private static FakePushService.Received last() {
    return service.log().getLast();
  }

  @Test
  void browserReadsItsBanner() {
    Push.Banner banner =
        new Push.Banner(
            "Alice",
            "Hello \"you\" 👋",
            false,
            true,
            Optional.of("https://app.example/a.png"),
            Optional.of("https://app.example/c/1"),
            List.of());

    PushOutcome outcome = sent(push(service.subscribe("banner"), banner));

    assertThat(outcome).isEqualTo(new PushOutcome.Accepted());
    assertThat(last().payload())
        .isEqualTo(
            new JsonObject()
                .put("title", "Alice")
                .put("body", "Hello \"you\" 👋")
                .put("badge", 3)
                .put("tag", ROOM.toString())
                .put("conversation", ROOM.toString())
                .put("sequence", 41)
                .put("link", "https://app.example/c/1")
                .put("image", "https://app.example/a.png")
                .put("silent", true)
                .put("urgent", true));
  }

  @Test
  void clearIsToldAsSuch() {
    sent(push(service.subscribe("clear"), new Push.Clear()));

    assertThat(last().payload().getBoolean("clear")).isTrue();
    assertThat(last().payload().getInteger("badge")).isEqualTo(3);
    assertThat(last().payload().getString("tag")).isEqualTo(ROOM.toString());
    assertThat(last().urgency()).isEqualTo("normal");
  }

  @Test
  void newerPushTakesThePlaceOfOneThatWaitsAtTheService() {
    PushRegistration.WebPush browser = service.subscribe("topic");

    sent(push(browser, banner("Alice", "1")));
    String topic = last().topic();
    sent(push(browser, new Push.Clear()));

    assertThat(topic).matches("[A-Za-z0-9_-]{32}").isEqualTo(last().topic());
    assertThat(ROOM.toString()).doesNotContain(topic);
  }

  @Test
  void serviceIsToldForHowLongAndHowUrgently() {
    PushRegistration.WebPush browser = service.subscribe("ttl");
    sent(push(browser, banner("Alice", "1")));

    assertThat(last().ttlSeconds()).isBetween(3_590, 3_600);
    assertThat(last().urgency()).isEqualTo("high");

    Push late = new Push(browser, Optional.of(ROOM), 41, 3, Instant.EPOCH, banner("Alice", "late"));
    sent(late);
    assertThat(last().ttlSeconds()).isZero();
  }

  @Test
  void longTextIsCutSoThatItFits() {
    String wide = "语言\"".repeat(300);
    Push.Banner banner =
        new Push.Banner(
            wide.substring(0, 200),
            "👋".repeat(700) + wide,
            true,
            false,
            Optional.of("https://app.example/" + "i".repeat(1_500)),
            Optional.of("https://app.example/" + "l".repeat(1_000)),
            List.of());

    assertThat(sent(push(service.subscribe("long"), banner))).isEqualTo(new PushOutcome.Accepted());

    assertThat(last().bytes()).isLessThanOrEqualTo(4_096);
    assertThat(last().payload().getString("title")).isEqualTo(banner.title());
    assertThat(last().payload().getString("body")).startsWith("👋👋👋").endsWith("👋…");
    assertThat(last().payload().getString("link")).endsWith("lll");
    assertThat(last().payload().containsKey("image")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"404", "410"})
  void deadSubscriptionIsGoneSinceItWasPushedTo(int status) {
    service.answers(status, Map.of(), "");
    Instant before = Instant.now();

    PushOutcome outcome = sent(push(service.subscribe("gone"), banner("a", "b")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            PushOutcome.TokenGone.class,
            gone -> assertThat(gone.since()).isBetween(before, Instant.now()));
  }

  @ParameterizedTest
  @CsvSource({
    "400, '{\"reason\": \"BadEncryption\"}', 400 BadEncryption",
    "401, '{\"error\": \"Unauthorized\"}', 401 Unauthorized",
    "403, <html>, 403",
    "403, '{\"reason\": \"https://push.example/secret\"}', 403",
    "413, '{', 413",
    "307, '', 307",
    "418, '[]', 418"
  })
  void whatWouldNeverBeTakenIsRefusedInTheServicesWord(int status, String body, String reason) {
    service.answers(status, Map.of(), body);

    assertThat(sent(push(service.subscribe("refused"), banner("a", "b"))))
        .isEqualTo(new PushOutcome.Refused(reason));
  }

  @ParameterizedTest
  @CsvSource({"429, 90, 90", "503, 0, 0", "500, '', -1", "429, 999999999, 3600", "429, soon, -1"})
  void busyServiceIsLeftAloneAsLongAsItSays(int status, String header, long seconds) {
    service.answers(status, Map.of("retry-after", header), "");

    assertThat(sent(push(service.subscribe("busy"), banner("a", "b"))))
        .isEqualTo(
            new PushOutcome.Failed(
                Integer.toString(status),
                seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds))));
  }

  @Test
  void momentFromWhichToTryAgainIsUnderstood() {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    WebPushAnswer answer = new WebPushAnswer(503, "Mon, 23 Nov 2026 12:02:00 GMT", "");

    assertThat(answer.outcome(now, now))
        .isEqualTo(new PushOutcome.Failed("503", Optional.of(Duration.ofMinutes(2))));
    assertThat(answer.outcome(now, now.plusSeconds(500)))
        .isEqualTo(new PushOutcome.Failed("503", Optional.of(Duration.ZERO)));
  }

  @Test
  void serviceThatTalksWithoutEndIsNotListenedTo() {
    service.answers(400, Map.of(), "x".repeat(1_000_000));

    assertThat(sent(push(service.subscribe("talks"), banner("a", "b"))))
        .isEqualTo(new PushOutcome.Refused("400"));
  }

  @Test
  void redirectIsNotFollowed() {
    PushRegistration.WebPush other = service.subscribe("redirected-to");
    service.answers(308, Map.of("location", other.endpoint()), "");
    int before = service.log().size();

    assertThat(sent(push(service.subscribe("redirect"), banner("a", "b"))))
        .isEqualTo(new PushOutcome.Refused("308"));
    assertThat(service.log()).hasSize(before);
  }

  @Test
  void hungServiceFailsInTimeAndIsUsedAgainWhenItAnswers() {
    PushRegistration.WebPush browser = service.subscribe("hung");
    assertThat(sent(push(browser, banner("a", "b")))).isEqualTo(new PushOutcome.Accepted());
    service.hangs();

    assertThat(sent(push(browser, banner("a", "b"))))
        .isEqualTo(new PushOutcome.Failed("no answer in time", Optional.empty()));

    service.works();
    assertThat(sent(push(browser, banner("a", "b")))).isEqualTo(new PushOutcome.Accepted());
  }

  @Test
  void pushesOnTheirWayFailWhenTheSenderIsClosed() {
    service.hangs();
    Future<PushOutcome> onItsWay = sender.send(push(service.subscribe("way"), banner("a", "b")));

    sender.close();

    assertThat(outcome(onItsWay)).isEqualTo(new PushOutcome.Failed("closed", Optional.empty()));
    assertThat(sent(push(service.subscribe("way"), banner("a", "b"))))
        .isEqualTo(new PushOutcome.Failed("closed", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://0.0.0.0/x",
        "https://1.1.1.1:8443/x"
      })
  void addressOfOurOwnNetworkIsNeverConnectedTo(String endpoint) {
    try (WebPushSender careful = sender("")) {
      Push push = push(new Browser().registration(endpoint), banner("a", "b"));

      assertThat(outcome(careful.send(push)))
          .isEqualTo(new PushOutcome.Refused("FORBIDDEN_ADDRESS"));
    }
  }

  @Test
  void settingForTestsOpensThisMachineAlone() {
    Push push = push(new Browser().registration("https://192.168.0.1:8443/x"), banner("a", "b"));

    assertThat(sent(push)).isEqualTo(new PushOutcome.Refused("FORBIDDEN_ADDRESS"));
  }

  @Test
  void subscriptionThatCannotBeOneIsRefused() {
    Push plain = push(new Browser().registration("http://push.example/x"), banner("a", "b"));
    Push keyless =
        push(new PushRegistration.WebPush("https://push.example/x", "?", ""), banner("a", "b"));

    assertThat(sent(plain)).isEqualTo(new PushOutcome.Refused("INVALID_REGISTRATION"));
    assertThat(sent(keyless)).isEqualTo(new PushOutcome.Refused("INVALID_REGISTRATION"));
    assertThat(sent(push(new PushRegistration.FcmToken("t"), banner("a", "b"))))
        .isEqualTo(new PushOutcome.Refused("NOT_WEB_PUSH"));
  }

  @Test
  void quietPushIsKeptFromAServiceThatTakesTheSubscriptionAwayForIt() {
    PushRegistration.WebPush safari = new Browser().registration("https://web.push.apple.com/x");

    assertThat(sent(push(safari, new Push.Clear())))
        .isEqualTo(new PushOutcome.Refused("MUST_SHOW"));
  }

  @Test
  void serviceSeesNothingOfThePush() {
    byte[] body =
        WebPushEncryption.encrypt(
            new Browser().keys(),
            WebPushPayload.of(push(service.subscribe("s"), banner("Alice", "hello"))));

    assertThat(new String(body, StandardCharsets.ISO_8859_1))
        .doesNotContain("Alice", "hello", ROOM.toString());
  }
}
