// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tern.device.PushRegistration;

/// A browser's half of a subscription: reads what it is pushed, by RFC 8291 read from its end, with
/// no code of the server's encryption.
final class Browser {
  private final KeyPair pair = P256.generate();
  private final byte[] auth = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

  WebPushKeys keys() {
    return new WebPushKeys(point(), auth);
  }

  /// What its page tells of a subscription that is pushed to there.
  PushRegistration.WebPush registration(String endpoint) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return new PushRegistration.WebPush(
        endpoint, base64.encodeToString(point()), base64.encodeToString(auth));
  }

  private byte[] point() {
    return P256.encode((ECPublicKey) pair.getPublic());
  }

  /// The plaintext of a push's body; throws when it was not encrypted for this browser.
  byte[] read(byte[] body) throws GeneralSecurityException {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] salt = take(in, 16);
    int recordBytes = in.getInt();
    byte[] sender = take(in, in.get());
    byte[] ciphertext = take(in, in.remaining());
    if (ciphertext.length > recordBytes) {
      throw new IllegalArgumentException("record: " + ciphertext.length + " bytes");
    }
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(pair.getPrivate());
    agreement.doPhase(P256.publicKey(sender), true);
    byte[] shared = hmac(auth, agreement.generateSecret());
    byte[] ikm = expand(shared, "WebPush: info", point(), sender);
    byte[] secret = hmac(salt, ikm);
    byte[] key = Arrays.copyOf(expand(secret, "Content-Encoding: aes128gcm"), 16);
    byte[] nonce = Arrays.copyOf(expand(secret, "Content-Encoding: nonce"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    return unpadded(cipher.doFinal(ciphertext));
  }

  private static byte[] unpadded(byte[] record) {
    int end = record.length - 1;
    while (record[end] == 0) {
      end--;
    }
    if (record[end] != 2) {
      throw new IllegalArgumentException("delimiter: " + record[end] + " (expected: 2)");
    }
    return Arrays.copyOf(record, end);
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] expand(byte[] key, String label, byte[]... context)
      throws GeneralSecurityException {
    Mac mac = mac(key);
    mac.update(label.getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    for (byte[] part : context) {
      mac.update(part);
    }
    mac.update((byte) 1);
    return mac.doFinal();
  }

  private static byte[] hmac(byte[] key, byte[] bytes) throws GeneralSecurityException {
    return mac(key).doFinal(bytes);
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }
}
