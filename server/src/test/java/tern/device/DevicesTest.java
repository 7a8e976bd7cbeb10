// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.device.TestDevices.at;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.TestSql;
import tern.auth.Judgement;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;

/// Whose an address is, how long it is, and what a Hello costs.
@Tag("slow")
final class DevicesTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private final Devices devices = new Devices(DATABASE);
  private final TestDevices test = new TestDevices(DATABASE);

  // Which transaction has written the row last.
  private static long version(String user, String device) {
    return SQL.number(
        "select xmin::text::bigint from device where user_id = ? and device_id = ?", user, device);
  }

  private static void lookBack(String user, String device, String by) {
    SQL.run(
        "update device set seen_at = seen_at - ?::interval, registered_at = registered_at"
            + " - ?::interval where user_id = ? and device_id = ?",
        by,
        by,
        user,
        device);
  }

  // A push that waits for the device, what it has seen, and what became of another push.
  private static void leaveTraces(String user, String device) {
    // By their names: what else stands there is no matter of this test.
    for (String table : List.of("push_queue", "device_mark", "push_decision")) {
      SQL.run(
          """
          insert into %1$s select (jsonb_populate_record(null::%1$s, jsonb_build_object(
            'user_id', ?::text, 'device_id', ?::text, 'conversation_id', gen_random_uuid(),
            'kind', 1, 'first_sequence', 1, 'through_sequence', 1, 'last_sequence', 1,
            'sequence', 1, 'due_at', 'tomorrow', 'expires_at', 'infinity',
            'decided_at', now(), 'changed_at', now(), 'attempts', 0, 'node', 1, 'outcome', 20))).*
          """
              .formatted(table),
          user,
          device);
    }
  }

  private static List<Long> traces(String user, String device) {
    return List.of("push_queue", "device_mark", "push_decision").stream()
        .map(
            table ->
                SQL.number(
                    "select count(*) from " + table + " where user_id = ? and device_id = ?",
                    user,
                    device))
        .toList();
  }

  @Test
  void phoneBelongsToWhoeverRegisteredItLast() {
    test.register("alice1", "phone", "shared-1");
    leaveTraces("alice1", "phone");

    assertThat(test.register("bob1", "his-phone", "shared-1")).isEqualTo(Judgement.GOOD);

    assertThat(test.addressOf("bob1", "his-phone")).isEqualTo("shared-1");
    assertThat(test.find("alice1", "phone")).isPresent();
    assertThat(test.addressOf("alice1", "phone")).isEmpty();
    // What waited for alice is not for bob to see.
    assertThat(traces("alice1", "phone")).containsExactly(0L, 1L, 1L);
  }

  @Test
  void addressOfAnotherKindIsAnotherAddress() {
    test.register("alice2", "phone", "same-text");
    DeviceState installation =
        new DeviceState(Optional.of(new PushRegistration.FcmInstallation("same-text")), "", "", "");

    devices.register(new UserId("bob2"), new DeviceId("phone"), installation);

    assertThat(test.addressOf("alice2", "phone")).isEqualTo("same-text");
    assertThat(test.addressOf("bob2", "phone")).isEqualTo("same-text");
  }

  @Test
  void longestAddressIsStillOneDevices() {
    // Beyond what an index holds, and alike but for the end; not to be compressed.
    String start =
        new java.util.Random(7)
            .ints(4_095, '!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    test.register("alice3", "phone", start + "1");
    test.register("alice3", "tablet", start + "2");

    test.register("bob3", "phone", start + "1");

    assertThat(test.addressOf("alice3", "phone")).isEmpty();
    assertThat(test.addressOf("alice3", "tablet")).isEqualTo(start + "2");
  }

  @Test
  void ofManyWhoTellOneAddressAtOnceOneHasIt() {
    ConcurrentLinkedQueue<Judgement> said = new ConcurrentLinkedQueue<>();
    List<Thread> tellers =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> said.add(test.register("teller4-" + i, "phone", "wanted-4"))))
            .toList();
    tellers.forEach(DevicesTest::join);

    assertThat(said).hasSize(16).containsOnly(Judgement.GOOD);
    assertThat(SQL.number("select count(*) from device where address = 'wanted-4'")).isOne();
    assertThat(SQL.number("select count(*) from device where user_id like 'teller4-%'"))
        .isEqualTo(16);
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWasToldIsReadAsItWasTold() {
    Instant before = Instant.now().minusSeconds(1);
    DeviceState state =
        new DeviceState(
            Optional.of(new PushRegistration.Apns("6fa1".repeat(16), "com.example.app", true)),
            "de-AT",
            "Europe/Vienna",
            "2.1");
    devices.register(new UserId("alice5"), new DeviceId("phone"), state);

    Device read = devices.read(new UserId("alice5")).getFirst();

    assertThat(read.registration()).isEqualTo(state.registration());
    assertThat(read.locale()).isEqualTo("de-AT");
    assertThat(read.timeZone()).contains(ZoneId.of("Europe/Vienna"));
    assertThat(read.appVersion()).isEqualTo("2.1");
    assertThat(read.registeredAt()).isAfter(before).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void eachRegistrationTakesThePlaceOfAllThatWasToldBefore() {
    test.register("alice6", "phone", "first-6");
    DeviceState next =
        new DeviceState(
            Optional.of(new PushRegistration.WebPush("https://p.example/6", key(), auth())),
            "",
            "",
            "");

    devices.register(new UserId("alice6"), new DeviceId("phone"), next);

    Device read = test.find("alice6", "phone").orElseThrow();
    assertThat(read.registration()).isEqualTo(next.registration());
    assertThat(read.locale()).isEmpty();
    assertThat(read.timeZone()).isEmpty();
    assertThat(read.appVersion()).isEmpty();
  }

  private static String key() {
    return "BA" + "A".repeat(85);
  }

  private static String auth() {
    return "A".repeat(22);
  }

  @Test
  void helloOfANewDeviceIsKeptWithoutARegistration() {
    assertThat(test.hello("alice7", "laptop", Optional.empty())).isEqualTo(Judgement.GOOD);

    assertThat(test.find("alice7", "laptop").orElseThrow().registration()).isEmpty();
  }

  @Test
  void helloDoesNotWriteTwiceWithinAnHour() {
    test.hello("alice8", "phone", Optional.of(at("address-8")));
    long first = version("alice8", "phone");

    test.hello("alice8", "phone", Optional.of(at("address-8")));
    test.hello("alice8", "phone", Optional.empty());
    lookBack("alice8", "phone", "59 minutes");
    long second = version("alice8", "phone");
    test.hello("alice8", "phone", Optional.empty());

    assertThat(version("alice8", "phone")).isEqualTo(second).isNotEqualTo(first);
    lookBack("alice8", "phone", "2 minutes");
    test.hello("alice8", "phone", Optional.empty());
    assertThat(test.find("alice8", "phone").orElseThrow().seenAt())
        .isAfter(Instant.now().minusSeconds(10));
  }

  @Test
  void helloWritesAtOnceWhatDiffers() {
    test.hello("alice9", "phone", Optional.of(at("address-9")));

    test.hello("alice9", "phone", Optional.of(new DeviceState(Optional.empty(), "pl", "", "3")));

    Device read = test.find("alice9", "phone").orElseThrow();
    assertThat(read.locale()).isEqualTo("pl");
    assertThat(read.timeZone()).isEmpty();
    assertThat(read.appVersion()).isEqualTo("3");
    // Without a registration that one stays.
    assertThat(test.addressOf("alice9", "phone")).isEqualTo("address-9");
    test.hello("alice9", "phone", Optional.of(at("renewed-9")));
    assertThat(test.addressOf("alice9", "phone")).isEqualTo("renewed-9");
  }

  @Test
  void helloTakesBackWhatAnotherDeviceHasTaken() {
    test.hello("alice10", "phone", Optional.of(at("shared-10")));
    test.hello("bob10", "phone", Optional.of(at("shared-10")));

    test.hello("alice10", "phone", Optional.of(at("shared-10")));

    assertThat(test.addressOf("alice10", "phone")).isEqualTo("shared-10");
    assertThat(test.addressOf("bob10", "phone")).isEmpty();
  }

  @Test
  void forgettingEndsPushingAndLeavesTheDevice() {
    test.register("alice11", "phone", "address-11");
    test.register("alice11", "tablet", "tablet-11");
    leaveTraces("alice11", "phone");
    leaveTraces("alice11", "tablet");

    devices.forget(new UserId("alice11"), new DeviceId("phone"));

    assertThat(test.addressOf("alice11", "phone")).isEmpty();
    assertThat(test.find("alice11", "phone")).isPresent();
    assertThat(traces("alice11", "phone")).containsExactly(0L, 1L, 1L);
    assertThat(test.addressOf("alice11", "tablet")).isEqualTo("tablet-11");
    assertThat(traces("alice11", "tablet")).containsExactly(1L, 1L, 1L);
  }

  @Test
  void oneDeviceTooManyAndTheOldestUnseenGoes() {
    for (int i = 0; i < Devices.MAX; i++) {
      test.register("alice12", "device-" + i, "address-12-" + i);
      lookBack("alice12", "device-" + i, (i == 7 ? 100 : 10) + " hours");
      leaveTraces("alice12", "device-" + i);
    }

    test.register("alice12", "one-more", "address-12-more");

    assertThat(devices.read(new UserId("alice12"))).hasSize(Devices.MAX);
    assertThat(test.find("alice12", "device-7")).isEmpty();
    assertThat(traces("alice12", "device-7")).containsExactly(0L, 0L, 0L);
    assertThat(traces("alice12", "device-6")).containsExactly(1L, 1L, 1L);
  }

  @Test
  void whoRegistersNowIsNeverTheOneThatGoes() {
    for (int i = 0; i < Devices.MAX; i++) {
      test.register("alice13", "device-" + i, "address-13-" + i);
      // As if their clock ran ahead.
      lookBack("alice13", "device-" + i, "-1 hours");
    }

    test.register("alice13", "one-more", "address-13-more");

    assertThat(test.addressOf("alice13", "one-more")).isEqualTo("address-13-more");
    assertThat(devices.read(new UserId("alice13"))).hasSize(Devices.MAX);
  }

  @Test
  void unseenDevicesAreForgottenByTheClock() {
    Instant now = Instant.now();
    test.register("alice14", "phone", "address-14");
    test.register("alice14", "drawer", "address-14-old");
    leaveTraces("alice14", "drawer");
    lookBack("alice14", "drawer", "89 days");
    try (DeviceExpiry early = new DeviceExpiry(devices, Duration.ofDays(90), () -> now);
        DeviceExpiry late =
            new DeviceExpiry(devices, Duration.ofDays(90), () -> now.plus(Duration.ofDays(2)))) {
      early.look();
      assertThat(test.addressOf("alice14", "drawer")).isEqualTo("address-14-old");

      late.look();
    }

    assertThat(test.find("alice14", "drawer")).isEmpty();
    assertThat(traces("alice14", "drawer")).containsExactly(0L, 0L, 0L);
    assertThat(test.addressOf("alice14", "phone")).isEqualTo("address-14");
  }
}
