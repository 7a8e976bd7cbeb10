// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tern.auth.Secret;

/// Whom to ask before a message is sent, and what to do when no answer comes.
///
/// @param url an http or https address; empty: nobody is asked
/// @param secret signs what is asked: `whsec_` and Base64, of 24 to 64 bytes
/// @param nextSecret signs it too, while the secret is being changed; may be empty
/// @param timeout within which the answer must have come, 50 ms to 5 s
/// @param whenSilent `open`: what got no answer is sent; `closed`: it is refused, to be tried again
/// @param atOnce how many are asked about at once, 1 to 1,000
public record HookConfig(
    String url, Secret secret, Secret nextSecret, Duration timeout, String whenSilent, int atOnce) {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 1_000;

  /// Refuses nonsense.
  public HookConfig {
    if (!url.isEmpty()) {
      checkUrl(url);
      if (secret.isEmpty()) {
        throw new IllegalArgumentException(
            "moderation.hook.secret: missing (expected: whsec_ and Base64, with the url)");
      }
      // Throws for what it can't sign with.
      var _ = new Signature(secrets(secret, nextSecret));
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "moderation.hook.timeout: " + timeout + " (expected: 50ms to 5s)");
    }
    if (!Set.of("open", "closed").contains(whenSilent)) {
      throw new IllegalArgumentException(
          "moderation.hook.when_silent: " + whenSilent + " (expected: open or closed)");
    }
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "moderation.hook.at_once: " + atOnce + " (expected: 1 to " + MOST_AT_ONCE + ")");
    }
  }

  private static void checkUrl(String url) {
    String scheme;
    String host;
    try {
      URI uri = new URI(url);
      scheme = String.valueOf(uri.getScheme());
      host = String.valueOf(uri.getHost());
    } catch (URISyntaxException _) {
      scheme = "";
      host = "";
    }
    if (!Set.of("http", "https").contains(scheme) || host.equals("null")) {
      // The address may hold a password.
      throw new IllegalArgumentException(
          "moderation.hook.url: no such address (expected: https://host/path)");
    }
  }

  /// Whether anybody is to be asked.
  boolean isSet() {
    return !url.isEmpty();
  }

  boolean isOpen() {
    return whenSilent.equals("open");
  }

  /// Those that sign, the present one first.
  List<Secret> secrets() {
    return secrets(secret, nextSecret);
  }

  private static List<Secret> secrets(Secret secret, Secret nextSecret) {
    return nextSecret.isEmpty() ? List.of(secret) : List.of(secret, nextSecret);
  }
}
