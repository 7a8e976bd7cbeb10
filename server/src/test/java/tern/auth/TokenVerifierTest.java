// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.auth.Verification.Rejected;
import tern.auth.Verification.Verified;
import tern.auth.keys.Jwks;
import tern.auth.keys.JwksConfig;
import tern.id.DeviceId;
import tern.id.UserId;

/// Which access tokens are believed.
class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Secret SECRET =
      Secret.of("0123456789abcdef0123456789abcdef0123456789abcdef");
  private static final Secret OTHER = Secret.of("fedcba9876543210fedcba9876543210fedcba9876543210");
  private static final AuthConfig CONFIG =
      new AuthConfig(SECRET, Duration.ofSeconds(30), "", "", JwksConfig.NONE);
  private static final TokenVerifier VERIFIER = verifier(CONFIG);

  private static TokenVerifier verifier(AuthConfig config) {
    return new TokenVerifier(config, Jwks.open(JwksConfig.NONE), CLOCK);
  }

  @Test
  void issuedTokenIsBelievedUntilItExpires() {
    String token = new TokenIssuer(SECRET).issue(new UserId("alice"), Duration.ofHours(1), CLOCK);

    Identity identity = ((Verified) VERIFIER.verify(token)).identity();

    assertThat(identity.user()).isEqualTo(new UserId("alice"));
    assertThat(identity.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(identity.issuedAt()).isEqualTo(NOW);
    assertThat(identity.tokenId()).isNotEmpty();
  }

  @Test
  void tokenWithoutIdAndIssueTimeHasAnEmptyOneAndIsOld() throws JOSEException {
    Identity identity = ((Verified) VERIFIER.verify(signed(good(), SECRET))).identity();

    assertThat(identity.tokenId()).isEmpty();
    assertThat(identity.issuedAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void tokenWhoseIdCouldNotBeRevokedIsRefused() throws JOSEException {
    assertRejected(signed(good().jwtID("x".repeat(257)), SECRET));
    assertRejected(signed(good().jwtID("a\0b"), SECRET));
    assertThat(VERIFIER.verify(signed(good().jwtID("x".repeat(256)), SECRET)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void tokenIsOfTheDeviceThatItNamesOrOfAny() throws JOSEException {
    Identity any = ((Verified) VERIFIER.verify(signed(good(), SECRET))).identity();
    String named = signed(good().claim("device", "phone"), SECRET);
    Identity phones = ((Verified) VERIFIER.verify(named)).identity();

    assertThat(any.isFor(new DeviceId("tablet"))).isTrue();
    assertThat(phones.isFor(new DeviceId("phone"))).isTrue();
    assertThat(phones.isFor(new DeviceId("tablet"))).isFalse();
  }

  @Test
  void tokenWhoseDeviceIsNoneIsRefused() throws JOSEException {
    for (Object device : List.of("", "a b", "x".repeat(65), 7, true, List.of("phone"))) {
      assertRejected(signed(good().claim("device", device), SECRET));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS256 ", "hs256"})
  void unsignedTokenIsRefusedHoweverItSaysSo(String algorithm) {
    String header = encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}");
    String claims = encoded("{\"sub\":\"alice\",\"exp\":" + (NOW.getEpochSecond() + 60) + "}");
    String signature = signatureOf(signed());

    assertRejected(header + "." + claims + ".");
    assertRejected(header + "." + claims + "." + signature);
    assertRejected(header + "." + claims);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS384", "HS512"})
  void otherAlgorithmIsRefusedThoughTheSecretIsRight(String algorithm) throws JOSEException {
    Secret longer = Secret.of("0123456789abcdef".repeat(5));
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.parse(algorithm)), good().build());
    token.sign(new MACSigner(longer.bytes()));
    TokenVerifier verifier =
        verifier(new AuthConfig(longer, Duration.ZERO, "", "", JwksConfig.NONE));

    assertThat(verifier.verify(token.serialize()))
        .isEqualTo(new Rejected("token is signed in another way (expected: HS256)"));
  }

  @Test
  void signatureOfAnotherSecretIsRefused() throws JOSEException {
    assertThat(VERIFIER.verify(signed(good(), OTHER)))
        .isEqualTo(new Rejected("token's signature is not of this key"));
  }

  @Test
  void emptySignatureIsRefused() {
    String token = signed();

    assertRejected(token.substring(0, token.lastIndexOf('.') + 1));
  }

  @Test
  void changedClaimsAreRefused() {
    String[] parts = signed().split("\\.", -1);
    String claims = encoded("{\"sub\":\"root\",\"exp\":" + (NOW.getEpochSecond() + 60) + "}");

    assertRejected(parts[0] + "." + claims + "." + parts[2]);
  }

  @Test
  void keysInTheHeaderHaveNoSay() throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .keyID("../../dev/null")
            .jwkURL(URI.create("http://127.0.0.1:1/keys"))
            .x509CertURL(URI.create("http://127.0.0.1:1/cert"))
            .build();
    SignedJWT right = new SignedJWT(header, good().build());
    right.sign(new MACSigner(SECRET.bytes()));
    SignedJWT wrong = new SignedJWT(header, good().build());
    wrong.sign(new MACSigner(OTHER.bytes()));

    assertThat(VERIFIER.verify(right.serialize())).isInstanceOf(Verified.class);
    assertRejected(wrong.serialize());
  }

  @Test
  void criticalExtensionsAreRefused() throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .customParam("later", true)
            .criticalParams(Set.of("later"))
            .build();
    SignedJWT token = new SignedJWT(header, good().build());
    token.sign(new MACSigner(SECRET.bytes()));

    assertRejected(token.serialize());
  }

  @ParameterizedTest
  @CsvSource({"-29, true", "-30, false", "-3600, false", "1, true"})
  void expiryIsHonouredWithinTheLeeway(long secondsFromNow, boolean good) throws JOSEException {
    JWTClaimsSet.Builder claims = good().expirationTime(at(secondsFromNow));

    assertThat(VERIFIER.verify(signed(claims, SECRET)) instanceof Verified).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"30, true", "31, false", "3600, false", "-3600, true"})
  void notBeforeIsHonouredWithinTheLeeway(long secondsFromNow, boolean good) throws JOSEException {
    JWTClaimsSet.Builder claims = good().notBeforeTime(at(secondsFromNow));

    assertThat(VERIFIER.verify(signed(claims, SECRET)) instanceof Verified).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"30, true", "31, false", "3600, false", "-3600, true"})
  void issueTimeIsHonouredWithinTheLeeway(long secondsFromNow, boolean good) throws JOSEException {
    JWTClaimsSet.Builder claims = good().issueTime(at(secondsFromNow));

    assertThat(VERIFIER.verify(signed(claims, SECRET)) instanceof Verified).isEqualTo(good);
  }

  @Test
  void tokenWithoutExpiryIsRefused() throws JOSEException {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject("alice");

    assertThat(VERIFIER.verify(signed(claims, SECRET))).isEqualTo(new Rejected("token has no exp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"sub\":\"a\",\"exp\":\"soon\"}", "{\"sub\":[7],\"exp\":9999999999}", "[]", "7"})
  void claimsOfAWrongTypeAreRefused(String claims) throws Exception {
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
    token.sign(new MACSigner(SECRET.bytes()));

    assertRejected(token.serialize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<script>", "\u4F60"})
  void subjectThatIsNoUserIdIsRefused(String subject) throws JOSEException {
    assertRejected(signed(good().subject(subject), SECRET));
  }

  @Test
  void tokenWithoutSubjectIsRefused() throws JOSEException {
    assertRejected(signed(good().subject(null), SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "not a token", "a.b.c.d.e"})
  void whatIsNoTokenIsRefused(String text) {
    assertRejected(text);
  }

  @Test
  void longTokenIsRefusedBeforeItIsRead() throws JOSEException {
    String token = signed(good().claim("x", "y".repeat(9000)), SECRET);

    assertThat(((Rejected) VERIFIER.verify(token)).reason()).contains("expected: at most 8192");
  }

  @Test
  void issuerAndAudienceAreLookedAtWhenSet() throws JOSEException {
    AuthConfig config = new AuthConfig(SECRET, Duration.ZERO, "shop", "chat", JwksConfig.NONE);
    TokenVerifier verifier = verifier(config);
    String issued =
        new TokenIssuer(config).issue(new UserId("alice"), Duration.ofMinutes(1), CLOCK);

    assertThat(verifier.verify(issued)).isInstanceOf(Verified.class);
    assertThat(verifier.verify(signed(good().issuer("shop"), SECRET))).isInstanceOf(Rejected.class);
    assertThat(verifier.verify(signed(good().audience("chat"), SECRET)))
        .isInstanceOf(Rejected.class);
  }

  private static void assertRejected(String token) {
    assertThat(VERIFIER.verify(token)).isInstanceOf(Rejected.class);
  }

  private static JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder().subject("alice").expirationTime(at(60));
  }

  private static Date at(long secondsFromNow) {
    return Date.from(NOW.plusSeconds(secondsFromNow));
  }

  private static String signed() {
    return new TokenIssuer(SECRET).issue(new UserId("alice"), Duration.ofMinutes(1), CLOCK);
  }

  private static String signed(JWTClaimsSet.Builder claims, Secret secret) throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    token.sign(new MACSigner(secret.bytes()));
    return token.serialize();
  }

  private static String signatureOf(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
