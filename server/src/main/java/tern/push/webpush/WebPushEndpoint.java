// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where a subscription is pushed to: an `https:` address at a browser's push service. Never
/// printed: whoever has it may be able to push.
public final class WebPushEndpoint {
  /// The longest that is taken.
  public static final int MAX_LENGTH = 2_048;

  private static final int HTTPS = 443;
  // Its service takes a browser's subscription away that shows nothing for a push:
  // https://webkit.org/blog/12945/meet-web-push/
  private static final String APPLE = ".push.apple.com";

  private final URI origin;
  private final String host;
  private final String path;

  private WebPushEndpoint(URI origin, String host, String path) {
    this.origin = origin;
    this.host = host;
    this.path = path;
  }

  /// The endpoint that a browser has told.
  ///
  /// Throws [IllegalArgumentException], which does not tell it, when nothing could be sent there.
  public static WebPushEndpoint of(String address) {
    URI uri =
        uri(address)
            .filter(it -> "https".equalsIgnoreCase(it.getScheme()) && it.getHost() != null)
            .filter(it -> it.getRawUserInfo() == null && it.getRawFragment() == null)
            .orElseThrow(() -> new IllegalArgumentException(refusal(address)));
    String name = uri.getHost().toLowerCase(Locale.ROOT);
    boolean isUsual = uri.getPort() < 0 || uri.getPort() == HTTPS;
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new WebPushEndpoint(
        URI.create("https://" + name + (isUsual ? "" : ":" + uri.getPort())),
        name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
        path + query);
  }

  private static Optional<URI> uri(String address) {
    try {
      return address.length() > MAX_LENGTH ? Optional.empty() : Optional.of(URI.create(address));
    } catch (IllegalArgumentException _) {
      // What it says would quote the address.
      return Optional.empty();
    }
  }

  private static String refusal(String address) {
    return "endpoint: %d characters (expected: https:, at most %d, without user and fragment)"
        .formatted(address.length(), MAX_LENGTH);
  }

  /// Scheme, host and port: what a signature is for.
  URI origin() {
    return origin;
  }

  /// A name, or an address.
  String host() {
    return host;
  }

  int port() {
    return isUsualPort() ? HTTPS : origin.getPort();
  }

  boolean isUsualPort() {
    return origin.getPort() < 0;
  }

  /// With its query, as it stands in a request.
  String path() {
    return path;
  }

  /// Whether a push that shows nothing may cost the subscription.
  boolean mustShow() {
    return host.endsWith(APPLE);
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
