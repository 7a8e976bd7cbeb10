// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A key pair of the app's backend, and tokens signed with it, however odd their header.
public record TestKey(String id, String algorithm, KeyPair pair) {
  /// A fresh pair for RS256, ES256 or EdDSA.
  public static TestKey of(String algorithm, String id) {
    return switch (algorithm) {
      case "RS256" -> rsa(id, 2048);
      case "ES256" -> new TestKey(id, algorithm, elliptic("secp256r1"));
      default -> new TestKey(id, algorithm, pair("Ed25519"));
    };
  }

  static TestKey rsa(String id, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new TestKey(id, "RS256", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair elliptic(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public key as a key set holds it.
  public Map<String, Object> jwk() {
    JWK key =
        switch (pair.getPublic()) {
          case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(id).build();
          case ECPublicKey ec ->
              new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).keyID(id).build();
          default ->
              new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(ed25519()))
                  .keyID(id)
                  .build();
        };
    return key.toJSONObject();
  }

  // The last 32 bytes of its X.509 form.
  private byte[] ed25519() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  /// A key set of these keys.
  public static String jwks(TestKey... keys) {
    return jwks(Stream.of(keys).map(TestKey::jwk).toList());
  }

  static String jwks(List<Map<String, Object>> keys) {
    return JSONObjectUtils.toJSONString(Map.of("keys", keys));
  }

  /// A token with these claims, signed in the key's own way and naming it.
  public String token(String claims) {
    return signed("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}", claims);
  }

  /// A token with this header and these claims, signed in the key's own way.
  public String signed(String header, String claims) {
    String signed = encoded(header) + "." + encoded(claims);
    return signed + "." + encoded(signature(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] signature(byte[] signed) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                default -> "Ed25519";
              });
      signature.initSign(pair.getPrivate());
      signature.update(signed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Text as a part of a token.
  public static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Bytes as a part of a token.
  public static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
