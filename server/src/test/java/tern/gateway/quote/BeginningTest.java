// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.quote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A quote ends between two characters, as a reader counts them.
final class BeginningTest {
  private static final String FAMILY = "👨‍👩‍👧‍👦";
  private static final String E_ACUTE = "e\u0301";

  @Test
  void whatFitsIsWhole() {
    assertThat(Beginning.of("")).isEmpty();
    assertThat(Beginning.of("x".repeat(200))).hasSize(200);
    assertThat(Beginning.of("🐦".repeat(200))).isEqualTo("🐦".repeat(200));
  }

  @Test
  void whatIsLongerEndsAfterTwoHundredCharacters() {
    assertThat(Beginning.of("x".repeat(16_000))).isEqualTo("x".repeat(200));
    assertThat(Beginning.of("🐦".repeat(201))).isEqualTo("🐦".repeat(200));
  }

  @Test
  void nothingIsCutWithinWhatLooksLikeOneCharacter() {
    assertThat(Beginning.of("x".repeat(199) + E_ACUTE + "yz")).isEqualTo("x".repeat(199));
    assertThat(Beginning.of("x".repeat(198) + E_ACUTE + "yz")).isEqualTo("x".repeat(198) + E_ACUTE);
    assertThat(Beginning.of("x".repeat(197) + FAMILY + "yz")).isEqualTo("x".repeat(197));
  }

  @Test
  void oneThatIsLongerThanAllIsCutAnyway() {
    assertThat(Beginning.of("e" + "\u0301".repeat(300))).isEqualTo("e" + "\u0301".repeat(199));
  }
}
