// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class VapidKeysTest {
  private static final URI ENDPOINT = URI.create("https://push.example:8443/send/abc?d=1");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void headerNamesTheServiceTheContactAndAnEnd() throws GeneralSecurityException {
    VapidKeys keys = VapidKeys.generate();

    String header = keys.authorization(ENDPOINT, "mailto:ops@example.com", NOW);

    assertThat(header).startsWith("vapid t=").endsWith(", k=" + keys.publicKey());
    String[] token = header.substring("vapid t=".length(), header.indexOf(',')).split("\\.");
    assertThat(json(token[0])).isEqualTo(new JsonObject().put("typ", "JWT").put("alg", "ES256"));
    assertThat(json(token[1]))
        .isEqualTo(
            new JsonObject()
                .put("aud", "https://push.example:8443")
                .put("exp", NOW.getEpochSecond() + 43_200)
                .put("sub", "mailto:ops@example.com"));
    assertThat(verifies(keys.publicKey(), token)).isTrue();
    assertThat(verifies(VapidKeys.generate().publicKey(), token)).isFalse();
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static boolean verifies(String publicKey, String[] token)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(P256.publicKey(Base64.getUrlDecoder().decode(publicKey)));
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(token[2]));
  }

  // One key in 256 begins with a zero byte, which must not be lost.
  @RepeatedTest(300)
  void pairIsTheSameOnceItHasBeenWritten() {
    VapidKeys keys = VapidKeys.generate();

    VapidKeys again = VapidKeys.of(keys.publicKey(), keys.privateKey());

    assertThat(again.publicKey()).isEqualTo(keys.publicKey());
    assertThat(again.privateKey()).isEqualTo(keys.privateKey()).hasSize(43);
  }

  @Test
  void halvesOfTwoPairsAreRefused() {
    String publicKey = VapidKeys.generate().publicKey();
    String privateKey = VapidKeys.generate().privateKey();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VapidKeys.of(publicKey, privateKey))
        .withMessage("VAPID keys: not of one pair (expected: a pair)");
  }

  @Test
  void refusalDoesNotTellTheKey() {
    String publicKey = VapidKeys.generate().publicKey();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VapidKeys.of(publicKey, "secret!"))
        .withMessage("private VAPID key (expected: URL-safe base64)")
        .withNoCause();
  }

  @Test
  void privateKeyIsNotShown() {
    VapidKeys keys = VapidKeys.generate();

    assertThat(keys).asString().contains(keys.publicKey()).doesNotContain(keys.privateKey());
  }
}
