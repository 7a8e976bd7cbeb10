// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much is sent to one device, and for the whole project.
final class FcmQuotaTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

  private FcmQuota quota(int perMinute, int perMinuteToDevice, int burst) {
    FcmConfig config = new FcmConfig("", perMinute, perMinuteToDevice, burst, "", "");
    return new FcmQuota(config, nanos::get);
  }

  private static void take(FcmQuota quota, String address, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(quota.tryTake(address)).isZero();
    }
  }

  @Test
  void deviceHasItsBurstAndThenItsRate() {
    FcmQuota quota = quota(600_000, 240, 20);

    take(quota, "a", 20);
    assertThat(quota.tryTake("a")).isEqualTo(Duration.ofMillis(250));
    take(quota, "b", 20);
    nanos.addAndGet(Duration.ofMillis(250).toNanos());
    take(quota, "a", 1);
    assertThat(quota.tryTake("a")).isPositive();
  }

  @Test
  void deviceThatIsForgottenHasAFullBucket() {
    FcmQuota quota = quota(600_000, 240, 20);

    take(quota, "a", 20);
    for (int i = 0; i < 40; i++) {
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      take(quota, "a", 1);
      assertThat(quota.tryTake("a")).isPositive();
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    take(quota, "a", 20);
  }

  @Test
  void projectHasItsRateWhateverTheDevices() {
    FcmQuota quota = quota(60, 240, 20);

    for (int i = 0; i < 60; i++) {
      take(quota, "device-" + i, 1);
    }
    assertThat(quota.tryTake("another")).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 240 | 20 | '' | push.fcm.per_minute: 0 (expected: >= 1)",
        "1 | 0 | 20 | '' | push.fcm.per_minute_to_device: 0 (expected: >= 1)",
        "1 | 1 | 0 | '' | push.fcm.burst_to_device: 0 (expected: >= 1)",
        "1 | 1 | 1 | http://a | push.fcm.endpoint: http://a (expected: such as https://localhost:8443)",
        "1 | 1 | 1 | a b | push.fcm.endpoint: a b (expected: such as https://localhost:8443)"
      })
  void nonsenseIsRefusedByItsSetting(
      int perMinute, int toDevice, int burst, String endpoint, String message) {
    assertThatThrownBy(() -> new FcmConfig("", perMinute, toDevice, burst, endpoint, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
