// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which keys of a key set are taken, and for what.
final class KeyRingTest {
  private static final TestKey RSA = TestKey.of("RS256", "r");
  private static final TestKey EC = TestKey.of("ES256", "e");
  private static final TestKey ED = TestKey.of("EdDSA", "d");

  private static Map<String, Object> with(TestKey key, String name, Object value) {
    Map<String, Object> jwk = new HashMap<>(key.jwk());
    jwk.put(name, value);
    return jwk;
  }

  private static KeyRing ring(Map<String, Object> first) {
    return KeyRing.of(TestKey.jwks(List.of(first, EC.jwk())));
  }

  @Test
  void kindOfTheKeyDecidesTheAlgorithm() {
    KeyRing ring = KeyRing.of(TestKey.jwks(RSA, EC, ED));

    assertThat(ring.keys())
        .extracting(PinnedKey::algorithm)
        .containsExactly(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
    assertThat(ring.leftOut()).isEmpty();
  }

  @Test
  void keyIsFoundByItsExactName() {
    KeyRing ring = KeyRing.of(TestKey.jwks(RSA, EC));

    assertThat(ring.named("r").orElseThrow().algorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(Stream.of("R", "r ", "", "../r", "r\0").map(ring::named))
        .allMatch(java.util.Optional::isEmpty);
  }

  @Test
  void tokenWithoutANameMeansTheOnlyKeyOfItsAlgorithm() {
    KeyRing ring = KeyRing.of(TestKey.jwks(RSA, EC, TestKey.of("ES256", "other")));

    assertThat(ring.onlyOf(JWSAlgorithm.RS256)).isPresent();
    assertThat(ring.onlyOf(JWSAlgorithm.ES256)).isEmpty();
    assertThat(ring.onlyOf(JWSAlgorithm.EdDSA)).isEmpty();
  }

  static List<Arguments> unsuitedKeys() {
    byte[] offCurve = new byte[32];
    Arrays.fill(offCurve, (byte) 0x7F);
    Map<String, Object> otherPoint = new HashMap<>(EC.jwk());
    otherPoint.put("y", TestKey.of("ES256", "x").jwk().get("y"));
    return List.of(
        Arguments.of("for encryption", with(RSA, "use", "enc"), "use enc"),
        Arguments.of("for signing", with(RSA, "key_ops", List.of("sign")), "key_ops"),
        Arguments.of("of another alg", with(RSA, "alg", "RS512"), "alg"),
        Arguments.of("of PSS", with(RSA, "alg", "PS256"), "alg"),
        Arguments.of("of HMAC", with(RSA, "alg", "HS256"), "alg"),
        Arguments.of("of none", with(ED, "alg", "none"), "alg"),
        Arguments.of("short", TestKey.rsa("short", 1024).jwk(), "1024 bits"),
        Arguments.of("with exponent 1", with(RSA, "e", "AQ"), "proper"),
        Arguments.of(
            "on P-384", new TestKey("p", "ES384", TestKey.elliptic("secp384r1")).jwk(), "curve"),
        Arguments.of("beside its curve", otherPoint, "proper"),
        Arguments.of("Ed25519 off its curve", with(ED, "x", TestKey.encoded(offCurve)), "curve"),
        Arguments.of("Ed25519 cut off", with(ED, "x", TestKey.encoded(new byte[31])), "31 bytes"),
        Arguments.of("X25519", with(ED, "crv", "X25519"), "curve"),
        Arguments.of("of a kind to come", Map.of("kty", "LATER", "kid", "l"), "proper"),
        Arguments.of("with half its parts", Map.of("kty", "RSA", "n", "AQAB"), "proper"),
        Arguments.of("with a long name", with(RSA, "kid", "k".repeat(257)), "257 characters"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsuitedKeys")
  void unsuitedKeyIsLeftOutWithAReason(String what, Map<String, Object> key, String reason) {
    KeyRing ring = ring(key);

    assertThat(ring.keys()).as(what).extracting(PinnedKey::id).containsExactly("e");
    assertThat(ring.leftOut()).singleElement().asString().startsWith("key 1: ").contains(reason);
  }

  @Test
  void secondKeyOfANameIsLeftOut() {
    KeyRing ring = KeyRing.of(TestKey.jwks(EC, TestKey.of("EdDSA", "e")));

    assertThat(ring.keys())
        .singleElement()
        .extracting(PinnedKey::algorithm)
        .isEqualTo(JWSAlgorithm.ES256);
    assertThat(ring.leftOut()).singleElement().asString().startsWith("key 2: kid");
  }

  static List<Map<String, Object>> secretKeys() {
    return List.of(
        Map.of("kty", "oct", "k", "c2VjcmV0", "kid", "h", "alg", "HS256"),
        with(RSA, "d", "AQAB"),
        with(EC, "d", "AQAB"),
        with(ED, "d", "AQAB"));
  }

  @ParameterizedTest
  @MethodSource("secretKeys")
  void keySetWithASecretInItIsRefused(Map<String, Object> key) {
    assertThatThrownBy(() -> ring(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key 1: a secret one (expected: public keys alone)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "keys", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[7]}", "{\"keys\":[null]}"})
  void whatIsNoKeySetIsRefused(String json) {
    assertThatThrownBy(() -> KeyRing.of(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no key set");
  }

  @Test
  void keySetWithoutAUsableKeyIsRefused() {
    assertThatThrownBy(() -> KeyRing.of("{\"keys\":[]}"))
        .hasMessage("no key for RS256, ES256 or EdDSA");
    assertThatThrownBy(() -> KeyRing.of(TestKey.jwks(List.of(with(RSA, "use", "enc")))))
        .hasMessage("no key for RS256, ES256 or EdDSA; key 1: use enc (expected: sig)");
  }

  @Test
  void keySetWithoutEndIsRefused() {
    assertThatThrownBy(() -> KeyRing.of(TestKey.jwks(Collections.nCopies(101, EC.jwk()))))
        .hasMessage("101 keys (expected: at most 100)");
  }
}
