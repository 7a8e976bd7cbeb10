// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The web origins whose pages may connect: listed ones, and pages of the same host.
final class Origins {
  private static final String ANY = "*";
  private static final String OPAQUE = "null";

  private final Set<String> listed;

  Origins(List<String> listed) {
    listed.forEach(Origins::check);
    this.listed = listed.stream().map(Origins::canonical).collect(Collectors.toUnmodifiableSet());
  }

  /// Takes the request's `Origin` and `Host`.
  boolean allow(String origin, String host) {
    return listed.contains(ANY)
        || listed.contains(canonical(origin))
        || origin.equalsIgnoreCase("https://" + host)
        || origin.equalsIgnoreCase("http://" + host);
  }

  private static String canonical(String origin) {
    return origin.toLowerCase(Locale.ROOT);
  }

  private static void check(String origin) {
    if (!origin.equals(ANY) && !origin.equals(OPAQUE) && !isOrigin(origin)) {
      throw new IllegalArgumentException(
          "http origin: " + origin + " (expected: such as https://app.example.com, or *)");
    }
  }

  private static boolean isOrigin(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
