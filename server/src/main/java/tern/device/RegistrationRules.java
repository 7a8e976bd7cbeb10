// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a push registration may be, by its form alone: whether there is such an address, the push
/// service says. No error quotes an address. Holds no state.
final class RegistrationRules {
  // Apple's are 64 today, and "may be of variable length".
  private static final Pattern APNS_TOKEN = Pattern.compile("([0-9a-f]{2}){32,100}");
  private static final Pattern BUNDLE_ID = Pattern.compile("[A-Za-z0-9.-]{1,155}");
  private static final Pattern FCM_TOKEN = Pattern.compile("[!-~]{1,4096}");
  private static final Pattern FCM_INSTALLATION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MAX_ENDPOINT = 2_048;
  // An uncompressed point of P-256, and 16 bytes (RFC 8291).
  private static final int P256DH_BYTES = 65;
  private static final byte UNCOMPRESSED = 4;
  private static final int AUTH_BYTES = 16;

  private RegistrationRules() {}

  /// Returns the registration in the one spelling that is kept: so the same address is the same
  /// text. Throws `IllegalArgumentException` for what can't be one.
  static PushRegistration checked(PushRegistration given) {
    return switch (given) {
      case PushRegistration.Apns(String token, String bundleId, boolean isSandbox) ->
          new PushRegistration.Apns(
              matching(
                  "apns.token",
                  token.toLowerCase(Locale.ROOT),
                  APNS_TOKEN,
                  "64 to 200 hexadecimal digits, an even number"),
              matching("apns.bundle_id", bundleId, BUNDLE_ID, "1 to 155 of A-Z a-z 0-9 . -"),
              isSandbox);
      case PushRegistration.FcmToken(String token) ->
          new PushRegistration.FcmToken(
              matching("fcm_token", token, FCM_TOKEN, "1 to 4096 visible ASCII characters"));
      case PushRegistration.FcmInstallation(String id) ->
          new PushRegistration.FcmInstallation(
              matching("fcm_installation_id", id, FCM_INSTALLATION, "1 to 64 of A-Z a-z 0-9 _ -"));
      case PushRegistration.WebPush(String endpoint, String p256dh, String auth) ->
          new PushRegistration.WebPush(endpoint(endpoint), publicKey(p256dh), secret(auth));
    };
  }

  private static String matching(String what, String text, Pattern form, String expected) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what + ": " + text.length() + " characters (expected: " + expected + ")");
    }
    return text;
  }

  // Where its host leads to is looked at when it is connected to.
  private static String endpoint(String text) {
    if (text.isEmpty() || text.length() > MAX_ENDPOINT) {
      throw new IllegalArgumentException(
          "web_push.endpoint: "
              + text.length()
              + " characters (expected: 1 to "
              + MAX_ENDPOINT
              + ")");
    }
    if (!isEndpoint(text)) {
      throw new IllegalArgumentException(
          "web_push.endpoint: no address of a push service (expected: https://, a host, and neither"
              + " user nor fragment)");
    }
    return text;
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && text.chars().allMatch(it -> it > ' ' && it < 127);
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String publicKey(String text) {
    byte[] key = bytes("web_push.p256dh", text, P256DH_BYTES);
    if (key[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException(
          "web_push.p256dh: no uncompressed point (expected: the subscription's own)");
    }
    return encoded(key);
  }

  private static String secret(String text) {
    return encoded(bytes("web_push.auth", text, AUTH_BYTES));
  }

  private static byte[] bytes(String what, String text, int length) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      // The decoder's own words quote the text.
      throw new IllegalArgumentException(
          what + ": " + text.length() + " characters (expected: URL-safe Base64)");
    }
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          what + ": " + bytes.length + " bytes (expected: " + length + ")");
    }
    return bytes;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
