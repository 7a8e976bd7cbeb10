// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts what a browser is pushed, for that browser alone (RFC 8291), in one record of the
/// content coding `aes128gcm` (RFC 8188).
///
///     salt (16)  record size (4)  key length (1)  public key (65)  ciphertext and tag
public final class WebPushEncryption {
  /// What fits: push services take 4,096 bytes, less header, tag and padding's end.
  public static final int MAX_BYTES = 3_993;

  private static final int RECORD_BYTES = 4_096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int IKM_BYTES = 32;
  private static final int TAG_BITS = 128;
  // Begins the last record's padding.
  private static final byte LAST_RECORD = 2;
  // A push service sees a push's length, but only so far (RFC 8291, 5: padding).
  private static final int STEP_BYTES = 512;
  private static final SecureRandom RANDOM = new SecureRandom();

  private WebPushEncryption() {}

  /// The body of a push to the subscription of these keys; other bytes at each call, and as many
  /// for most lengths.
  ///
  /// @param plaintext at most [#MAX_BYTES] bytes
  public static byte[] encrypt(WebPushKeys keys, byte[] plaintext) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    if (plaintext.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "push: " + plaintext.length + " bytes (expected: <= " + MAX_BYTES + ")");
    }
    int steps = plaintext.length / STEP_BYTES + 1;
    byte[] record = record(plaintext, Math.min(MAX_BYTES + 1, steps * STEP_BYTES));
    return encrypt(keys, record, P256.generate(), salt);
  }

  /// The plaintext with padding up to this length, which is greater.
  static byte[] record(byte[] plaintext, int length) {
    byte[] record = Arrays.copyOf(plaintext, length);
    record[plaintext.length] = LAST_RECORD;
    return record;
  }

  static byte[] encrypt(WebPushKeys keys, byte[] record, KeyPair ephemeral, byte[] salt) {
    byte[] point = P256.encode((ECPublicKey) ephemeral.getPublic());
    try {
      byte[] ciphertext = seal(ikm(keys, ephemeral, point), salt, record);
      return ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + 1 + point.length + ciphertext.length)
          .put(salt)
          .putInt(RECORD_BYTES)
          .put((byte) point.length)
          .put(point)
          .put(ciphertext)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks what Web Push needs", e);
    }
  }

  // RFC 8291, 3.4: what both sides can know, bound to both of their keys.
  private static byte[] ikm(WebPushKeys keys, KeyPair ephemeral, byte[] point)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(ephemeral.getPrivate());
    agreement.doPhase(keys.publicKey(), true);
    byte[] info =
        ByteBuffer.allocate("WebPush: info".length() + 1 + 2 * P256.POINT_BYTES)
            .put(label("WebPush: info"))
            .put(P256.encode(keys.publicKey()))
            .put(point)
            .array();
    return derive(keys.authSecret(), agreement.generateSecret(), info, IKM_BYTES);
  }

  private static byte[] seal(byte[] ikm, byte[] salt, byte[] record)
      throws GeneralSecurityException {
    byte[] key = derive(salt, ikm, label("Content-Encoding: aes128gcm"), KEY_BYTES);
    byte[] nonce = derive(salt, ikm, label("Content-Encoding: nonce"), NONCE_BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKey secret = new SecretKeySpec(key, "AES");
    cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher.doFinal(record);
  }

  private static byte[] derive(byte[] salt, byte[] ikm, byte[] info, int length)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(ikm).thenExpand(info, length));
  }

  private static byte[] label(String name) {
    return (name + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
