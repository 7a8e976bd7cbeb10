// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// The key pair by which push services know this app again (VAPID, RFC 8292). Browsers subscribe to
/// its public half: who loses the pair loses all subscriptions.
public final class VapidKeys {
  // RFC 8292, 2: at most 24 hours.
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      base64(new JsonObject().put("typ", "JWT").put("alg", "ES256").encode());

  private final KeyPair pair;

  private VapidKeys(KeyPair pair) {
    this.pair = pair;
  }

  /// A fresh pair.
  public static VapidKeys generate() {
    return new VapidKeys(P256.generate());
  }

  /// The pair that these texts write, URL-safe base64 as browsers and other servers have it.
  ///
  /// Throws [IllegalArgumentException] when one is no key of P-256, or they are no pair.
  public static VapidKeys of(String publicKey, String privateKey) {
    KeyPair pair =
        new KeyPair(
            P256.publicKey(bytes("public", publicKey)),
            P256.privateKey(bytes("private", privateKey)));
    VapidKeys keys = new VapidKeys(pair);
    if (!keys.isPair()) {
      throw new IllegalArgumentException("VAPID keys: not of one pair (expected: a pair)");
    }
    return keys;
  }

  private static byte[] bytes(String which, String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      // What the decoder says would quote the key.
      throw new IllegalArgumentException(which + " VAPID key (expected: URL-safe base64)");
    }
  }

  private boolean isPair() {
    byte[] sample = {1};
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(pair.getPublic());
      verifier.update(sample);
      return verifier.verify(sign(sample));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks ES256", e);
    }
  }

  /// What browsers subscribe with (`applicationServerKey`).
  public String publicKey() {
    return BASE64.encodeToString(P256.encode((ECPublicKey) pair.getPublic()));
  }

  /// To be kept, for its owner alone.
  String privateKey() {
    return BASE64.encodeToString(P256.encode((ECPrivateKey) pair.getPrivate()));
  }

  /// The `Authorization` header of a push to this endpoint; it may be used for twelve hours, for
  /// all endpoints of the same origin.
  ///
  /// @param contact whom the push service may turn to: a `mailto:` or `https:` address
  public String authorization(URI endpoint, String contact, Instant now) {
    String claims =
        new JsonObject()
            .put("aud", endpoint.getScheme() + "://" + endpoint.getRawAuthority())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .put("sub", contact)
            .encode();
    String signed = HEADER + "." + base64(claims);
    try {
      byte[] signature = sign(signed.getBytes(StandardCharsets.US_ASCII));
      return "vapid t=" + signed + "." + BASE64.encodeToString(signature) + ", k=" + publicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks ES256", e);
    }
  }

  private byte[] sign(byte[] bytes) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(pair.getPrivate());
    signer.update(bytes);
    return signer.sign();
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "VapidKeys[" + publicKey() + ", [REDACTED]]";
  }
}
