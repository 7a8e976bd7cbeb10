// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tern.auth.Secret;

/// Signs what is sent to the app's backend, as the Standard Webhooks specification says:
/// HMAC-SHA256 of id, time and body, once with each secret in force.
final class Signature {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final List<SecretKeySpec> keys;

  /// Throws `IllegalArgumentException` for a secret that is not of the specification's form.
  Signature(List<Secret> secrets) {
    keys = secrets.stream().map(Signature::key).toList();
  }

  private static SecretKeySpec key(Secret secret) {
    String text = new String(secret.bytes(), StandardCharsets.UTF_8);
    byte[] bytes;
    try {
      bytes =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "moderation.hook.secret or next_secret: no such form (expected: "
              + PREFIX
              + " and the Base64 of "
              + LEAST_BYTES
              + " to "
              + MOST_BYTES
              + " bytes)");
    }
    return new SecretKeySpec(bytes, HMAC);
  }

  /// The header's value.
  String of(String id, String timestamp, String body) {
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return keys.stream().map(key -> "v1," + hmac(key, signed)).collect(joining(" "));
  }

  private static String hmac(SecretKeySpec key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
