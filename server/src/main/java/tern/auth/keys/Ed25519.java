// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/// Signatures of EdDSA on Ed25519, by Java's own means: the JOSE library would need Tink for it.
/// Any thread may use it.
final class Ed25519 implements JWSVerifier {
  private static final String NAME = "Ed25519";
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final PublicKey key;
  private final JCAContext context = new JCAContext();

  private Ed25519(PublicKey key) {
    this.key = key;
  }

  /// Takes the 32 bytes of [RFC 8032, 5.1.2](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.2):
  /// y with its lowest byte first, and the sign of x in the highest bit.
  static JWSVerifier verifier(byte[] encoded) {
    if (encoded.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "Ed25519 with " + encoded.length + " bytes (expected: " + KEY_BYTES + ")");
    }
    byte[] y = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      y[i] = encoded[KEY_BYTES - 1 - i];
    }
    boolean isOdd = (y[0] & 0x80) != 0;
    y[0] &= 0x7F;
    try {
      PublicKey key =
          KeyFactory.getInstance(NAME)
              .generatePublic(
                  new EdECPublicKeySpec(
                      NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, y))));
      // Finds out whether it is a point of the curve at all.
      Signature.getInstance(NAME).initVerify(key);
      return new Ed25519(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Ed25519 off its curve (expected: a point on it)", e);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    byte[] bytes = signature.decode();
    if (bytes.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(NAME);
      check.initVerify(key);
      check.update(signed);
      return check.verify(bytes);
    } catch (SignatureException _) {
      // Not the form of a signature: a number out of its range, or no point of the curve.
      return false;
    } catch (GeneralSecurityException e) {
      throw new JOSEException(NAME, e);
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
