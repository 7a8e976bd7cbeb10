// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushEncryptionTest {
  private static byte[] base64(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  // RFC 8291, 5 and appendix A.
  @Test
  void matchesTheExampleOfTheRfc() {
    KeyPair sender =
        new KeyPair(
            P256.publicKey(
                base64(
                    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru"
                        + "3jl7A8")),
            P256.privateKey(base64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
    WebPushKeys browser =
        new WebPushKeys(
            base64(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoI"
                    + "Aiw4"),
            base64("BTBZMqHH6r4Tts7J_aSIgg"));
    byte[] plaintext =
        "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII);

    byte[] body =
        WebPushEncryption.encrypt(
            browser,
            WebPushEncryption.record(plaintext, plaintext.length + 1),
            sender,
            base64("DGv6ra1nlYgDCS1FRnbzlw"));

    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBW"
                + "LVWGNWQexSgSxsj_Qulcy4a-fN");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, WebPushEncryption.MAX_BYTES})
  void browserReadsWhatItIsPushed(int bytes) throws GeneralSecurityException {
    Browser browser = new Browser();
    byte[] plaintext = new byte[bytes];
    Arrays.fill(plaintext, (byte) 7);

    byte[] body = WebPushEncryption.encrypt(browser.keys(), plaintext);

    assertThat(body).hasSizeLessThanOrEqualTo(4_096);
    assertThat(browser.read(body)).isEqualTo(plaintext);
  }

  @Test
  void pushServiceDoesNotSeeHowLongAShortTextIs() {
    WebPushKeys keys = new Browser().keys();

    assertThat(WebPushEncryption.encrypt(keys, new byte[0]))
        .hasSameSizeAs(WebPushEncryption.encrypt(keys, new byte[511]));
    assertThat(WebPushEncryption.encrypt(keys, new byte[512]))
        .hasSameSizeAs(WebPushEncryption.encrypt(keys, new byte[900]));
  }

  @Test
  void nobodyElseReadsIt() {
    byte[] body = WebPushEncryption.encrypt(new Browser().keys(), new byte[] {1});

    assertThatThrownBy(() -> new Browser().read(body)).isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void samePushIsNeverEncryptedTheSameWay() {
    WebPushKeys keys = new Browser().keys();

    assertThat(WebPushEncryption.encrypt(keys, new byte[] {1}))
        .isNotEqualTo(WebPushEncryption.encrypt(keys, new byte[] {1}));
  }

  @Test
  void tooLargeAPushIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebPushEncryption.encrypt(new Browser().keys(), new byte[3_994]))
        .withMessage("push: 3994 bytes (expected: <= 3993)");
  }

  @Test
  void keyThatIsNoPointOfTheCurveIsRefused() {
    byte[] point = new byte[65];
    point[0] = 4;
    point[64] = 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebPushKeys(point, new byte[16]))
        .withMessage("public key: not on the curve (expected: on P-256)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebPushKeys(new byte[33], new byte[16]))
        .withMessage("public key: 33 bytes (expected: an uncompressed point of 65)");
  }

  @Test
  void secretOfAnotherLengthIsRefused() {
    byte[] point = P256.encode((ECPublicKey) P256.generate().getPublic());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebPushKeys(point, new byte[15]))
        .withMessage("auth: 15 bytes (expected: 16)");
  }
}
