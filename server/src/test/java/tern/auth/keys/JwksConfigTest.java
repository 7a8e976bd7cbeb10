// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a key set may stand.
final class JwksConfigTest {
  private static final Duration LONG = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/k",
        "HTTP://x/k",
        "ftp://x/k",
        "https://user:s3cret@x/k",
        "https:///k",
        "https://x/k#s3cret",
        "https://x y/s3cret"
      })
  void addressThatIsNotPlainlyHttpsIsRefused(String address) {
    assertThatThrownBy(() -> new JwksConfig(address, "", LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("auth.jwks: an address with ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new JwksConfig("keys.json", "ca.pem", LONG))
        .hasMessageStartingWith("auth.jwks_certificate: ca.pem (expected: nothing");
    assertThatThrownBy(() -> new JwksConfig("", "", Duration.ofMillis(999)))
        .hasMessageStartingWith("auth.jwks_lifetime: ");
  }
}
