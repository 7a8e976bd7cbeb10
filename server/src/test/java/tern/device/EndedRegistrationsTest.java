// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestNode;
import tern.TestSql;
import tern.auth.Judgement;
import tern.auth.Revocations;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;
import tern.user.Standings;

/// What ends a registration, and what it must not end.
@Tag("slow")
final class EndedRegistrationsTest {
  private static final DeviceId PHONE = new DeviceId("phone");

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private final Devices devices = new Devices(DATABASE);
  private final TestDevices test = new TestDevices(DATABASE);
  private final Revocations revocations = new Revocations(DATABASE);
  private final Standings standings = new Standings(DATABASE);

  private static PushRegistration fcm(String token) {
    return new PushRegistration.FcmToken(token);
  }

  private static Instant ago(int seconds) {
    return Instant.now().minusSeconds(seconds);
  }

  @Test
  void deadTokenIsDropped() {
    test.register("alice1", "phone", "address-1");

    boolean dropped =
        devices.drop(new UserId("alice1"), PHONE, fcm("address-1"), Instant.now().plusSeconds(1));

    assertThat(dropped).isTrue();
    assertThat(test.addressOf("alice1", "phone")).isEmpty();
  }

  @Test
  void deadTokenIsKeptIfItWasRenewed() {
    test.register("alice2", "phone", "dead-2");
    test.register("alice2", "phone", "renewed-2");

    boolean dropped =
        devices.drop(new UserId("alice2"), PHONE, fcm("dead-2"), Instant.now().plusSeconds(1));

    assertThat(dropped).isFalse();
    assertThat(test.addressOf("alice2", "phone")).isEqualTo("renewed-2");
  }

  @Test
  void tokenThatWasToldAgainSinceItDiedIsKept() {
    test.register("alice3", "phone", "address-3");
    Instant died = Instant.now().plusMillis(50);
    Eventually.passes(Duration.ofMillis(200));
    test.register("alice3", "phone", "address-3");

    assertThat(devices.drop(new UserId("alice3"), PHONE, fcm("address-3"), died)).isFalse();

    assertThat(test.addressOf("alice3", "phone")).isEqualTo("address-3");
  }

  @Test
  void tokenThatIsAnotherUsersByNowIsKept() {
    test.register("alice4", "phone", "shared-4");
    test.register("bob4", "phone", "shared-4");
    Instant soon = Instant.now().plusSeconds(1);

    assertThat(devices.drop(new UserId("alice4"), PHONE, fcm("shared-4"), soon)).isFalse();

    assertThat(test.addressOf("bob4", "phone")).isEqualTo("shared-4");
  }

  @Test
  void revokedDeviceIsPushedToNoMoreAndTheOthersAre() {
    test.register("alice5", "phone", "address-5", ago(10));
    test.register("alice5", "tablet", "tablet-5", ago(10));

    revocations.revokeDevice(new UserId("alice5"), PHONE, Instant.now());

    assertThat(test.addressOf("alice5", "phone")).isEmpty();
    assertThat(test.addressOf("alice5", "tablet")).isEqualTo("tablet-5");
  }

  @Test
  void whatRegisteredWithANewerTokenThanThoseRevokedStays() {
    test.register("alice6", "phone", "address-6", ago(600));
    test.register("alice6", "tablet", "tablet-6", ago(60));

    revocations.revokeUser(new UserId("alice6"), ago(300));

    assertThat(test.addressOf("alice6", "phone")).isEmpty();
    assertThat(test.addressOf("alice6", "tablet")).isEqualTo("tablet-6");
    // With a fresh token it comes back, and stays.
    assertThat(test.register("alice6", "phone", "address-6", ago(10))).isEqualTo(Judgement.GOOD);
    revocations.revokeUser(new UserId("alice6"), ago(300));
    assertThat(test.addressOf("alice6", "phone")).isEqualTo("address-6");
  }

  @Test
  void revokedTokenRegistersNothing() {
    revocations.revokeDevice(new UserId("alice7"), PHONE, ago(60));

    assertThat(test.register("alice7", "phone", "address-7", ago(120)))
        .isEqualTo(Judgement.REVOKED);

    assertThat(test.find("alice7", "phone")).isEmpty();
    assertThat(test.register("alice7", "tablet", "tablet-7", ago(120))).isEqualTo(Judgement.GOOD);
  }

  @Test
  void whoIsBannedOrDeactivatedIsPushedToNoMore() {
    test.register("alice8", "phone", "address-8");
    test.register("alice9", "phone", "address-9");
    UserId alice = new UserId("alice8");

    standings.ban(alice, Optional.of(Instant.now().plusSeconds(600)), "");
    standings.deactivate(new UserId("alice9"));

    assertThat(test.addressOf("alice8", "phone")).isEmpty();
    assertThat(test.addressOf("alice9", "phone")).isEmpty();
    assertThat(test.register("alice8", "phone", "address-8")).isEqualTo(Judgement.BARRED);
    assertThat(devices.register(alice, PHONE, TestDevices.at("address-8")))
        .isEqualTo(Judgement.BARRED);
    assertThat(test.addressOf("alice8", "phone")).isEmpty();
    standings.unban(alice);
    assertThat(test.register("alice8", "phone", "address-8")).isEqualTo(Judgement.GOOD);
  }

  @Test
  void registrationThatIsJustBeingToldIsNotMissedByARevocation() {
    AtomicReference<Judgement> said = new AtomicReference<>();
    Instant issued = ago(60);
    SQL.begin();
    SQL.run("select revoke_user_v1('alice10', '', now())");
    Thread.startVirtualThread(
        () -> said.set(test.register("alice10", "phone", "address-10", issued)));
    Eventually.passes(Duration.ofMillis(300));
    assertThat(said.get()).isNull();

    SQL.commit();

    Eventually.holds("registered", Duration.ofSeconds(5), () -> said.get() != null);
    assertThat(said.get()).isEqualTo(Judgement.REVOKED);
    assertThat(test.addressOf("alice10", "phone")).isEmpty();
  }

  @Test
  void revocationWaitsForARegistrationThatIsNotYetCommitted() {
    SQL.begin();
    SQL.run(
        "select keep_device_v1('alice11', 'phone', now() - interval '1 minute', true, 2::smallint,"
            + " 'address-11', null, null, null, null, '', '', '', 20)");
    Thread revoking =
        Thread.startVirtualThread(
            () -> revocations.revokeDevice(new UserId("alice11"), PHONE, Instant.now()));
    Eventually.passes(Duration.ofMillis(300));
    assertThat(revoking.isAlive()).isTrue();

    SQL.commit();

    Eventually.holds("revoked", Duration.ofSeconds(5), () -> !revoking.isAlive());
    assertThat(test.addressOf("alice11", "phone")).isEmpty();
  }
}
