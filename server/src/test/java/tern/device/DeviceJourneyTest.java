// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.CapturedLog;
import tern.TestClient;
import tern.TestNode;
import tern.auth.Revocations;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.store.Database;
import tern.v1.ApnsRegistration;
import tern.v1.ClientFrame;
import tern.v1.DeviceState;
import tern.v1.ErrorCode;
import tern.v1.ForgetDevice;
import tern.v1.Hello;
import tern.v1.ListDevices;
import tern.v1.PushKind;
import tern.v1.PushRegistration;
import tern.v1.RegisterDevice;
import tern.v1.ServerFrame;

/// Devices tell of themselves over a whole node's socket.
@Tag("slow")
final class DeviceJourneyTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private final TestDevices test = new TestDevices(DATABASE);

  private static DeviceState.Builder fcm(String address) {
    return DeviceState.newBuilder()
        .setRegistration(PushRegistration.newBuilder().setFcmToken(address))
        .setLocale("de-AT")
        .setTimeZone("Europe/Vienna")
        .setAppVersion("2.1");
  }

  private static ClientFrame.Builder register(DeviceState.Builder device) {
    return ClientFrame.newBuilder()
        .setRegisterDevice(RegisterDevice.newBuilder().setDevice(device));
  }

  private static ClientFrame.Builder forget() {
    return ClientFrame.newBuilder().setForgetDevice(ForgetDevice.getDefaultInstance());
  }

  private static ClientFrame.Builder list() {
    return ClientFrame.newBuilder().setListDevices(ListDevices.getDefaultInstance());
  }

  private static ClientFrame.Builder hello(String user, DeviceState.Builder device) {
    String token = NODE.token(user, Duration.ofHours(1));
    return ClientFrame.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setAccessToken(token)
                .setDeviceId("phone")
                .setInstanceId("main")
                .setDevice(device));
  }

  private static void assertWelcomed(TestClient client, ClientFrame.Builder hello) {
    ServerFrame answer = client.ask(hello);
    assertThat(answer.hasWelcome()).as(answer.toString()).isTrue();
  }

  @Test
  void deviceRegistersWithItsHello() {
    try (TestClient alice = TestClient.open(NODE)) {
      assertWelcomed(alice, hello("alice1", fcm("hello-1")));

      assertThat(test.addressOf("alice1", "phone")).isEqualTo("hello-1");
      tern.v1.Device told = alice.ask(list()).getDevices().getDevices(0);
      assertThat(told.getDeviceId()).isEqualTo("phone");
      assertThat(told.getKind()).isEqualTo(PushKind.PUSH_KIND_FCM_TOKEN);
      assertThat(told.getLocale()).isEqualTo("de-AT");
      assertThat(told.getTimeZone()).isEqualTo("Europe/Vienna");
      assertThat(told.getAppVersion()).isEqualTo("2.1");
      assertThat(told.getRegisteredAtMs()).isPositive();
    }
  }

  @Test
  void everyHelloIsOfAKnownDevice() {
    try (TestClient alice = TestClient.connect(NODE, "alice2", "laptop", "main")) {
      tern.v1.Device told = alice.ask(list()).getDevices().getDevices(0);

      assertThat(told.getDeviceId()).isEqualTo("laptop");
      assertThat(told.getKind()).isEqualTo(PushKind.PUSH_KIND_UNSPECIFIED);
      assertThat(told.getRegisteredAtMs()).isZero();
      assertThat(told.getSeenAtMs()).isPositive();
    }
  }

  @Test
  void helloWithoutADeviceLeavesItsRegistration() {
    try (TestClient first = TestClient.connect(NODE, "alice3", "phone", "main")) {
      first.ask(register(fcm("kept-3")));
    }
    try (TestClient again = TestClient.connect(NODE, "alice3", "phone", "main")) {
      assertThat(again.ask(list()).getDevices().getDevices(0).getKind())
          .isEqualTo(PushKind.PUSH_KIND_FCM_TOKEN);
      assertThat(test.addressOf("alice3", "phone")).isEqualTo("kept-3");
    }
  }

  @Test
  void phoneThatBobLogsInOnIsNoLongerAlices() {
    try (TestClient alice = TestClient.connect(NODE, "alice4", "phone", "main")) {
      alice.ask(register(fcm("shared-4")));
    }
    try (TestClient bob = TestClient.connect(NODE, "bob4", "phone", "main")) {
      assertThat(bob.ask(register(fcm("shared-4"))).hasDeviceRegistered()).isTrue();

      assertThat(test.addressOf("alice4", "phone")).isEmpty();
      assertThat(test.find("alice4", "phone")).isPresent();
      assertThat(test.addressOf("bob4", "phone")).isEqualTo("shared-4");
    }
  }

  @Test
  void whoLogsOutIsPushedToNoMore() {
    try (TestClient alice = TestClient.connect(NODE, "alice5", "phone", "main");
        TestClient tablet = TestClient.connect(NODE, "alice5", "tablet", "main")) {
      alice.ask(register(fcm("phone-5")));
      tablet.ask(register(fcm("tablet-5")));

      assertThat(alice.ask(forget()).getDeviceForgotten().getDeviceId()).isEqualTo("phone");

      assertThat(test.addressOf("alice5", "phone")).isEmpty();
      assertThat(test.addressOf("alice5", "tablet")).isEqualTo("tablet-5");
      assertThat(alice.ask(forget()).hasDeviceForgotten()).isTrue();
    }
  }

  @Test
  void nobodyIsToldAnAddress() {
    try (CapturedLog log = CapturedLog.from(Level.DEBUG);
        TestClient alice = TestClient.open(NODE)) {
      ServerFrame welcome = alice.ask(hello("alice6", fcm("an-address-6")));
      ServerFrame registered = alice.ask(register(fcm("an-address-6b")));
      ServerFrame listed = alice.ask(list());
      ServerFrame refused = alice.ask(register(fcm("an-address-6 with spaces")));

      assertThat(refused.hasError()).isTrue();
      assertThat(List.of(welcome, registered, listed, refused).toString())
          .doesNotContain("an-address");
      assertThat(log.text()).doesNotContain("an-address");
    }
  }

  static Map<String, DeviceState.Builder> bad() {
    PushRegistration.Builder apns =
        PushRegistration.newBuilder()
            .setApns(ApnsRegistration.newBuilder().setToken("6".repeat(64)).setBundleId("app"));
    return Map.of(
        "apns.environment", fcm("").setRegistration(apns),
        "fcm_token", fcm("t".repeat(4_097)),
        "locale", fcm("address").setLocale("de_AT"),
        "time_zone", fcm("address").setTimeZone("Mars/Phobos"),
        "app_version", fcm("address").setAppVersion("v".repeat(65)));
  }

  static List<String> badNames() {
    return List.copyOf(bad().keySet());
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void whatCanNotBeIsRefusedByItsName(String name) {
    DeviceState.Builder given = Objects.requireNonNull(bad().get(name));
    try (TestClient alice = TestClient.connect(NODE, "alice7", "phone", "main");
        TestClient newcomer = TestClient.open(NODE)) {
      ServerFrame refused = alice.ask(register(given));
      ServerFrame turnedAway = newcomer.ask(hello("alice8", given));

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refused.getError().getMessage()).startsWith(name + ": ");
      assertThat(turnedAway.getError()).isEqualTo(refused.getError());
      assertThat(newcomer.awaitClose()).isEqualTo(CloseCode.INVALID_HELLO.number());
      assertThat(test.find("alice8", "phone")).isEmpty();
    }
  }

  @Test
  void onlyARegistrationRegisters() {
    try (TestClient alice = TestClient.connect(NODE, "alice9", "phone", "main")) {
      ServerFrame refused = alice.ask(register(DeviceState.newBuilder().setLocale("de")));

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refused.getError().getMessage()).startsWith("registration: missing");
    }
  }

  @Test
  void registrationsHaveTheRateOfMessages() {
    Map<String, String> slow =
        Map.of("TERN_LIMITS_MESSAGES_PER_SECOND", "1", "TERN_LIMITS_MESSAGES_BURST", "3");
    try (TestNode node = TestNode.start(slow);
        TestClient alice = node.connect("alice")) {
      List<ServerFrame> answers =
          IntStream.range(0, 8).mapToObj(i -> alice.ask(register(fcm("address-" + i)))).toList();

      assertThat(answers)
          .anyMatch(it -> it.getError().getCode() == ErrorCode.ERROR_CODE_RATE_LIMITED);
    }
  }

  @Test
  void tokenThatWasRevokedSinceIsSentAway() {
    ClientFrame.Builder again = hello("alice10", fcm("address-10"));
    try (TestClient alice = TestClient.open(NODE)) {
      assertWelcomed(alice, again);
      new Revocations(DATABASE).revokeUser(new UserId("alice10"), Instant.now().plusSeconds(2));

      ServerFrame refused = alice.ask(register(fcm("address-10b")));

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(test.addressOf("alice10", "phone")).isEmpty();
      assertThat(alice.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
    try (TestClient late = TestClient.open(NODE)) {
      late.send(again);
      assertThat(late.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    }
    assertThat(test.addressOf("alice10", "phone")).isEmpty();
  }
}
