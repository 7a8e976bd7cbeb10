// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tern.auth.keys.TestKey;

/// The table of attacks on tokens: a name, and what an attacker would send, who knows the public
/// keys and not the private ones. All claims hold a canary.
final class AttackTokens {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final String CANARY = "canary-5up3r-pr1vate";
  static final TestKey RSA = TestKey.of("RS256", "r");
  static final TestKey EC = TestKey.of("ES256", "e");
  static final TestKey ED = TestKey.of("EdDSA", "d");

  // Of the curve P-256.
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

  private final Map<String, String> table = new LinkedHashMap<>();

  private AttackTokens() {}

  static Map<String, String> all() {
    AttackTokens tokens = new AttackTokens();
    tokens.unsigned();
    tokens.confused();
    tokens.signatures();
    tokens.names();
    tokens.ownKeys();
    tokens.otherAlgorithms();
    tokens.claimsOfOthers();
    tokens.malformed();
    tokens.cutWrongly();
    return tokens.table;
  }

  static String claims() {
    return claims("", 60);
  }

  private static String claims(String more, long secondsToLive) {
    return "{\"sub\":\"alice\",\"iss\":\"shop\",\"aud\":\"chat\",\"note\":\"%s\",%s\"exp\":%d}"
        .formatted(CANARY, more, NOW.getEpochSecond() + secondsToLive);
  }

  private static String header(String algorithm, String id) {
    return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}";
  }

  private static String unsigned(String header) {
    return TestKey.encoded(header) + "." + TestKey.encoded(claims()) + ".";
  }

  static String hmac(byte[] key, String header, String claims) {
    String signed = TestKey.encoded(header) + "." + TestKey.encoded(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return signed + "." + TestKey.encoded(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signatureOf(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private void unsigned() {
    for (String none : List.of("none", "None", "NONE", "nOnE", "none ", " none", "", "null")) {
      for (String id : List.of("", "r")) {
        String token = unsigned(header(none, id));
        table.put("alg '" + none + "' kid '" + id + "'", token);
        table.put(
            "alg '" + none + "' kid '" + id + "' unparted", token.substring(0, token.length() - 1));
        table.put(
            "alg '" + none + "' kid '" + id + "' signed", token + signatureOf(RSA.token(claims())));
      }
    }
    table.put("alg null", unsigned("{\"alg\":null}"));
    table.put("no alg", unsigned("{\"kid\":\"r\"}"));
    table.put("alg of a list", unsigned("{\"alg\":[\"RS256\",\"none\"]}"));
    table.put(
        "alg twice", RSA.signed("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"r\"}", claims()));
  }

  // The public key taken for an HMAC secret, in each form in which a library may keep it.
  private void confused() {
    for (TestKey key : List.of(RSA, EC, ED)) {
      byte[] der = key.pair().getPublic().getEncoded();
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
      confused(key, "DER", der);
      confused(key, "PEM", pem.getBytes(UTF_8));
      confused(key, "PEM and an end of line", (pem + "\n").getBytes(UTF_8));
      confused(key, "JWK", JSONObjectUtils.toJSONString(key.jwk()).getBytes(UTF_8));
      Object part = key.jwk().getOrDefault("n", key.jwk().get("x"));
      confused(key, "main part", String.valueOf(part).getBytes(UTF_8));
      confused(key, "decoded main part", Base64.getUrlDecoder().decode(String.valueOf(part)));
    }
    BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();
    confused(RSA, "modulus", modulus.toByteArray());
    confused(RSA, "empty secret", new byte[] {0});
  }

  private void confused(TestKey key, String form, byte[] secret) {
    String what = "HS256 with " + key.algorithm() + "'s public key, " + form;
    table.put(what, hmac(secret, header("HS256", key.id()), claims()));
    table.put(what + ", unnamed", hmac(secret, "{\"alg\":\"HS256\"}", claims()));
  }

  private void signatures() {
    for (TestKey key : List.of(RSA, EC, ED)) {
      String unsigned = unsigned(header(key.algorithm(), key.id()));
      table.put(key.algorithm() + " empty", unsigned);
      for (int length : new int[] {1, 32, 63, 64, 65, 256, 257}) {
        table.put(
            key.algorithm() + " zero of " + length, unsigned + TestKey.encoded(new byte[length]));
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xFF);
        table.put(key.algorithm() + " ones of " + length, unsigned + TestKey.encoded(ones));
      }
      String good = key.token(claims());
      table.put(
          key.algorithm() + " of other claims", unsigned + signatureOf(key.token(claims("", 61))));
      table.put(key.algorithm() + " cut off", good.substring(0, good.length() - 4));
      table.put(key.algorithm() + " and more", good + "AAAA");
      TestKey other = TestKey.of(key.algorithm(), key.id());
      table.put(key.algorithm() + " of another key", other.token(claims()));
    }
    String unsigned = unsigned(header("ES256", "e"));
    BigInteger one = BigInteger.ONE;
    table.put("ES256 r 0", unsigned + point(BigInteger.ZERO, one));
    table.put("ES256 s 0", unsigned + point(one, BigInteger.ZERO));
    table.put("ES256 r and s the order", unsigned + point(ORDER, ORDER));
    table.put("ES256 r the order", unsigned + point(ORDER, one));
    table.put("ES256 s the order", unsigned + point(one, ORDER));
    table.put("ES256 in DER", unsigned + der(unsigned.substring(0, unsigned.length() - 1)));
  }

  private static String point(BigInteger r, BigInteger s) {
    byte[] both = new byte[64];
    fill(both, 32, r.toByteArray());
    fill(both, 64, s.toByteArray());
    return TestKey.encoded(both);
  }

  private static void fill(byte[] both, int end, byte[] number) {
    int length = Math.min(number.length, 32);
    System.arraycopy(number, number.length - length, both, end - length, length);
  }

  // A true signature in a form that is not JOSE's.
  private static String der(String signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(EC.pair().getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return TestKey.encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // All truly signed by the key that they do not name.
  private void names() {
    for (String id :
        List.of(
            "../../../../dev/null",
            "/proc/self/environ",
            "file:///dev/null",
            "https://evil.example/" + CANARY,
            "r' or '1'='1",
            "r'; drop table message; --",
            "r\\u0000",
            "r\\n",
            "R",
            " r",
            "*",
            "${jndi:ldap://127.0.0.1/" + CANARY + "}",
            "k".repeat(257),
            "k".repeat(1024 * 1024))) {
      String shown = id.length() > 40 ? id.length() + " characters" : id;
      table.put("kid " + shown, RSA.signed(header("RS256", id), claims()));
    }
    table.put(
        "kid of 1 MiB with HS256",
        hmac(new byte[] {0}, header("HS256", "k".repeat(1 << 20)), claims()));
    table.put("kid a list", RSA.signed("{\"alg\":\"RS256\",\"kid\":[\"r\"]}", claims()));
    table.put("kid a number", RSA.signed("{\"alg\":\"RS256\",\"kid\":0}", claims()));
    table.put("kid twice", RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r\",\"kid\":\"r\"}", claims()));
  }

  // The attacker's own key, given along.
  private void ownKeys() {
    for (String algorithm : List.of("RS256", "ES256", "EdDSA")) {
      TestKey own = TestKey.of(algorithm, "own");
      String jwk = JSONObjectUtils.toJSONString(own.jwk());
      String x5c = Base64.getEncoder().encodeToString(own.pair().getPublic().getEncoded());
      for (String id : List.of("", ",\"kid\":\"own\"", ",\"kid\":\"" + pinned(algorithm) + "\"")) {
        String start = "{\"alg\":\"" + algorithm + "\"" + id;
        for (String more :
            List.of(
                ",\"jwk\":" + jwk,
                ",\"jku\":\"https://127.0.0.1:1/" + CANARY + "\"",
                ",\"x5u\":\"https://127.0.0.1:1/" + CANARY + "\"",
                ",\"x5c\":[\"" + x5c + "\"]")) {
          table.put(start + more.substring(0, 6), own.signed(start + more + "}", claims()));
        }
      }
    }
  }

  private static String pinned(String algorithm) {
    return switch (algorithm) {
      case "RS256" -> "r";
      case "ES256" -> "e";
      default -> "d";
    };
  }

  private void otherAlgorithms() {
    for (String algorithm :
        List.of(
            "RS384", "RS512", "PS256", "ES384", "ES512", "ES256K", "HS384", "HS512", "Ed448",
            "dir")) {
      for (TestKey key : List.of(RSA, EC, ED)) {
        table.put(
            algorithm + " for the key of " + key.algorithm(),
            key.signed(header(algorithm, key.id()), claims()));
      }
    }
    for (TestKey key : List.of(RSA, EC, ED)) {
      for (TestKey named : List.of(RSA, EC, ED)) {
        if (!key.equals(named)) {
          table.put(
              key.algorithm() + " naming the key of " + named.algorithm(),
              key.signed(header(key.algorithm(), named.id()), claims()));
        }
      }
    }
    table.put(
        "crit",
        RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"later\"],\"later\":1}", claims()));
    table.put(
        "crit b64",
        RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"b64\"],\"b64\":true}", claims()));
    table.put("b64 alone", RSA.signed("{\"alg\":\"RS256\",\"kid\":\"r\",\"b64\":false}", claims()));
  }

  private void claimsOfOthers() {
    long now = NOW.getEpochSecond();
    String good = claims();
    Map<String, String> changed = new LinkedHashMap<>();
    changed.put("other aud", good.replace("\"chat\"", "\"mail\""));
    changed.put("no aud", good.replace("\"aud\"", "\"AUD\""));
    changed.put("aud among none", good.replace("\"chat\"", "[]"));
    changed.put("aud in other case", good.replace("\"chat\"", "\"Chat\""));
    changed.put("other iss", good.replace("\"shop\"", "\"shop.evil\""));
    changed.put("no iss", good.replace("\"iss\"", "\"ISS\""));
    changed.put("expired", claims("", -30));
    changed.put("expired long ago", claims("", -now));
    changed.put("no exp", good.replace("\"exp\"", "\"EXP\""));
    changed.put("exp a text", good.replaceFirst("\"exp\":\\d+", "\"exp\":\"never\""));
    changed.put("exp null", good.replaceFirst("\"exp\":\\d+", "\"exp\":null"));
    changed.put("exp beyond all", good.replaceFirst("\"exp\":\\d+", "\"exp\":1e400"));
    changed.put("not yet good", claims("\"nbf\":" + (now + 31) + ",", 60));
    changed.put("issued in the future", claims("\"iat\":" + (now + 31) + ",", 60));
    changed.put("no sub", good.replace("\"sub\"", "\"SUB\""));
    changed.put("sub a list", good.replace("\"alice\"", "[\"alice\"]"));
    changed.put("sub no id", good.replace("\"alice\"", "\"alice' --\""));
    changed.put("sub twice", claims("\"sub\":\"root\",", 60));
    changed.put("exp twice", claims("\"exp\":9999999999,", 60));
    changed.forEach((what, claims) -> table.put(what, ED.token(claims)));
  }

  private void malformed() {
    String good = claims();
    for (String claims :
        List.of(
            "",
            "7",
            "[]",
            "null",
            "\"alice\"",
            good.substring(1),
            good.substring(0, good.length() - 1),
            good + good,
            good + " x",
            good.replace("\"sub\"", "sub"),
            good.replace('"', '\''),
            good.replace("}", ",}"),
            "{\"a\":" + "[".repeat(3_000),
            "{\"a\":" + "{\"a\":".repeat(1_000))) {
      table.put(
          "claims of "
              + claims.length()
              + ": "
              + claims.substring(0, Math.min(12, claims.length())),
          ED.token(claims));
    }
  }

  private void cutWrongly() {
    String good = claims();
    String token = ED.token(good);
    String[] parts = token.split("\\.", -1);
    table.put("deep header", ED.signed("{\"alg\":\"EdDSA\",\"a\":" + "[".repeat(3_000), good));
    table.put("header no object", ED.signed("[\"EdDSA\"]", good));
    table.put("two parts", parts[0] + "." + parts[1]);
    table.put("four parts", token + ".");
    table.put("five parts", token + ".." + CANARY);
    table.put("no header", "." + parts[1] + "." + parts[2]);
    table.put("no claims", parts[0] + ".." + parts[2]);
    table.put("JSON form", "{\"payload\":\"" + parts[1] + "\",\"signature\":\"" + parts[2] + "\"}");
    table.put("no text", "");
    table.put("no token", CANARY);
    table.put("with Bearer", "Bearer " + token);
    table.put("zero", "\0");
    table.put("half a pair", "\uD800");
    table.put("1 MiB", "a".repeat(1 << 20));
    table.put("1 MiB of parts", ".".repeat(1 << 20));
  }
}
