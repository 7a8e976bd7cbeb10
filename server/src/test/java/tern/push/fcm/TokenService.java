// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives access tokens to the service account that signs for them (RFC 7523), as Google does.
public final class TokenService {
  private static final int LIFETIME_SECONDS = 3_600;
  private static final String ASSERTION = "assertion=";

  private final ServiceAccount account;
  private final AtomicInteger given = new AtomicInteger();
  private volatile int oldestGood = 1;
  private volatile boolean isDown;

  TokenService(ServiceAccount account) {
    this.account = account;
  }

  FcmReply answer(String form) {
    if (isDown) {
      return FcmReply.badGateway();
    }
    if (!isSigned(form)) {
      return new FcmReply(400, "{\"error\": \"invalid_grant\"}", Optional.empty());
    }
    JsonObject token =
        new JsonObject()
            .put("access_token", "access-" + given.incrementAndGet())
            .put("token_type", "Bearer")
            .put("expires_in", LIFETIME_SECONDS);
    return new FcmReply(200, token.encode(), Optional.empty());
  }

  private boolean isSigned(String form) {
    String assertion =
        Arrays.stream(form.split("&", -1))
            .filter(it -> it.startsWith(ASSERTION))
            .map(it -> URLDecoder.decode(it.substring(ASSERTION.length()), StandardCharsets.UTF_8))
            .findFirst()
            .orElse("");
    try {
      SignedJWT jwt = SignedJWT.parse(assertion);
      return jwt.verify(new RSASSAVerifier(account.publicKey()))
          && ServiceAccount.EMAIL.equals(jwt.getJWTClaimsSet().getIssuer())
          && String.valueOf(jwt.getJWTClaimsSet().getClaim("scope")).contains("cloud-platform");
    } catch (ParseException | JOSEException _) {
      return false;
    }
  }

  boolean isGood(String authorization) {
    String prefix = "Bearer access-";
    return authorization.startsWith(prefix)
        && Integer.parseInt(authorization.substring(prefix.length())) >= oldestGood;
  }

  /// How many tokens it has given.
  public int given() {
    return given.get();
  }

  /// Tokens that were given until now are no longer good.
  public void revokesAll() {
    oldestGood = given.get() + 1;
  }

  /// From now on there are none to be had.
  public void goesDown() {
    isDown = true;
  }
}
