// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;

/// A public key, and the one algorithm that it may verify: the key decides, never the token.
///
/// @param id its `kid`, or empty
public record PinnedKey(String id, JWSAlgorithm algorithm, JWSVerifier signatures) {
  /// The longest `kid`, in characters.
  public static final int MAX_ID_LENGTH = 256;

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;

  /// Takes a public key that is meant for signatures.
  ///
  /// Throws `IllegalArgumentException` that says what it is and what was expected.
  static PinnedKey of(JWK key) {
    String id = Objects.requireNonNullElse(key.getKeyID(), "");
    if (id.length() > MAX_ID_LENGTH) {
      throw unsuited("kid of " + id.length() + " characters", "at most " + MAX_ID_LENGTH);
    }
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      throw unsuited("use " + key.getKeyUse().identifier(), "sig");
    }
    if (key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
      throw unsuited("key_ops without verify", "verify");
    }
    try {
      return switch (key) {
        case RSAKey rsa ->
            new PinnedKey(
                id,
                only(JWSAlgorithm.RS256, key),
                new RSASSAVerifier(checked(rsa.toRSAPublicKey())));
        case ECKey ec when ec.getCurve().equals(Curve.P_256) ->
            new PinnedKey(id, only(JWSAlgorithm.ES256, key), new ECDSAVerifier(ec));
        case OctetKeyPair okp when okp.getCurve().equals(Curve.Ed25519) ->
            new PinnedKey(id, only(JWSAlgorithm.EdDSA, key), Ed25519.verifier(okp.getDecodedX()));
        default -> throw unsuited("another kind or curve", "RSA, EC P-256 or OKP Ed25519");
      };
    } catch (JOSEException e) {
      throw new IllegalArgumentException("no proper key (expected: RSA, EC or OKP)", e);
    }
  }

  private static JWSAlgorithm only(JWSAlgorithm algorithm, JWK key) {
    Algorithm named = key.getAlgorithm();
    if (named != null && !named.getName().equals(algorithm.getName())) {
      throw unsuited("another alg", algorithm.getName() + ", or none");
    }
    return algorithm;
  }

  private static RSAPublicKey checked(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      throw unsuited("RSA with " + bits + " bits", MIN_RSA_BITS + " to " + MAX_RSA_BITS);
    }
    return key;
  }

  private static IllegalArgumentException unsuited(String given, String expected) {
    return new IllegalArgumentException(given + " (expected: " + expected + ")");
  }
}
