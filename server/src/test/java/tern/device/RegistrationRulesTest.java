// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.device.PushRegistration.Apns;
import tern.device.PushRegistration.FcmInstallation;
import tern.device.PushRegistration.FcmToken;
import tern.device.PushRegistration.WebPush;

/// What a device may tell of itself, at its bounds and beyond, and that no error tells it on.
final class RegistrationRulesTest {
  private static final String TOKEN = "6fa1".repeat(16);
  private static final String ENDPOINT = "https://push.example/s3cret";
  private static final String KEY = base64(65, 4);
  private static final String AUTH = base64(16, 9);

  private static String base64(int length, int first) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) first;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static PushRegistration kept(PushRegistration given) {
    return new DeviceState(Optional.of(given), "", "", "").registration().orElseThrow();
  }

  static Stream<PushRegistration> good() {
    return Stream.of(
        new Apns(TOKEN, "com.example.app", false),
        new Apns("0".repeat(200), "a".repeat(155), true),
        new FcmToken("t"),
        new FcmToken("~".repeat(4_096)),
        new FcmInstallation("cJ3hQ9xkRuGv1aB7dE5f_-"),
        new FcmInstallation("f".repeat(64)),
        new WebPush(ENDPOINT, KEY, AUTH),
        new WebPush("https://push.example:8443/" + "e".repeat(2_022), KEY, AUTH));
  }

  @ParameterizedTest
  @MethodSource("good")
  void whatIsWithinItsBoundsIsKeptAsItIs(PushRegistration given) {
    assertThat(kept(given)).isEqualTo(given);
  }

  @Test
  void oneAddressHasOneSpelling() {
    assertThat(kept(new Apns(TOKEN.toUpperCase(java.util.Locale.ROOT), "app", false)))
        .isEqualTo(new Apns(TOKEN, "app", false));
    assertThat(kept(new WebPush(ENDPOINT, KEY + "=", AUTH + "==")))
        .isEqualTo(new WebPush(ENDPOINT, KEY, AUTH));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(new Apns("", "app", false), "apns.token: 0 "),
        Arguments.of(new Apns("6".repeat(62), "app", false), "apns.token: 62 "),
        Arguments.of(new Apns("6".repeat(65), "app", false), "apns.token: 65 "),
        Arguments.of(new Apns("6".repeat(202), "app", false), "apns.token: 202 "),
        Arguments.of(new Apns("g".repeat(64), "app", false), "apns.token: 64 "),
        Arguments.of(new Apns(TOKEN, "", false), "apns.bundle_id: 0 "),
        Arguments.of(new Apns(TOKEN, "a".repeat(156), false), "apns.bundle_id: 156 "),
        Arguments.of(new Apns(TOKEN, "an app", false), "apns.bundle_id: 6 "),
        Arguments.of(new FcmToken(""), "fcm_token: 0 "),
        Arguments.of(new FcmToken("t".repeat(4_097)), "fcm_token: 4097 "),
        Arguments.of(new FcmToken("s3cret token"), "fcm_token: 12 "),
        Arguments.of(new FcmToken("s3cret\0"), "fcm_token: 7 "),
        Arguments.of(new FcmInstallation(""), "fcm_installation_id: 0 "),
        Arguments.of(new FcmInstallation("f".repeat(65)), "fcm_installation_id: 65 "),
        Arguments.of(new FcmInstallation("s3cret/"), "fcm_installation_id: 7 "),
        Arguments.of(new WebPush("", KEY, AUTH), "web_push.endpoint: 0 "),
        Arguments.of(new WebPush(ENDPOINT + "e".repeat(2_048), KEY, AUTH), "web_push.endpoint: 2"),
        Arguments.of(new WebPush("http://push.example/s3cret", KEY, AUTH), "web_push.endpoint: no"),
        Arguments.of(
            new WebPush("https://s3cret@push.example/", KEY, AUTH), "web_push.endpoint: n"),
        Arguments.of(new WebPush("https:///s3cret", KEY, AUTH), "web_push.endpoint: no"),
        Arguments.of(
            new WebPush("https://push.example/#s3cret", KEY, AUTH), "web_push.endpoint: n"),
        Arguments.of(
            new WebPush("https://push.example/s3\u00e9", KEY, AUTH), "web_push.endpoint: n"),
        Arguments.of(new WebPush("https://push.example/s3 c", KEY, AUTH), "web_push.endpoint: no"),
        Arguments.of(new WebPush("s3cret", KEY, AUTH), "web_push.endpoint: no"),
        Arguments.of(new WebPush(ENDPOINT, "", AUTH), "web_push.p256dh: 0 bytes"),
        Arguments.of(new WebPush(ENDPOINT, base64(64, 4), AUTH), "web_push.p256dh: 64 bytes"),
        Arguments.of(new WebPush(ENDPOINT, base64(65, 2), AUTH), "web_push.p256dh: no"),
        Arguments.of(new WebPush(ENDPOINT, "s3cret/+", AUTH), "web_push.p256dh: 8 characters"),
        Arguments.of(new WebPush(ENDPOINT, KEY, base64(17, 0)), "web_push.auth: 17 bytes"),
        Arguments.of(new WebPush(ENDPOINT, KEY, "s3cret!"), "web_push.auth: 7 characters"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsBeyondIsRefusedByItsNameAndNotQuoted(PushRegistration given, String said) {
    assertThatThrownBy(() -> kept(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(said)
        .hasMessageContaining("(expected: ")
        .hasNoCause()
        .message()
        .doesNotContain("s3cret");
    assertThat(given.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "de_AT, '', '', 'locale: \"de_AT\" (expected: a language tag'",
    "deutsch-und-englisch-und-franzoesisch, '', '', 'locale: \"deutsch-und'",
    "'de-AT ', '', '', 'locale: \"de-AT \" '",
    "'', Europe/Atlantis, '', 'time_zone: \"Europe/Atlantis\" (expected: one like'",
    "'', +02:00, '', 'time_zone: \"+02:00\"'",
    "'', '', 12345678901234567890123456789012345678901234567890123456789012345, app_version: 65",
  })
  void whatIsToldBesideIsBounded(String locale, String zone, String version, String said) {
    assertThatThrownBy(() -> new DeviceState(Optional.empty(), locale, zone, version))
        .hasMessageStartingWith(said);
  }

  @Test
  void aVersionHoldsNoControls() {
    assertThatThrownBy(() -> new DeviceState(Optional.empty(), "", "", "2\n1"))
        .hasMessageStartingWith("app_version: holds a control");
  }
}
