// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a Tern listens, as `--url` names it: `http`, `https`, `ws` or `wss`, a host, a port.
public record Address(boolean secure, String host, int port) {
  private static final String PATH = "/v1/ws";

  /// Throws `IllegalArgumentException` for anything else.
  public static Address parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      throw refused(url);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    boolean secure = scheme.equals("https") || scheme.equals("wss");
    boolean plain = scheme.equals("http") || scheme.equals("ws");
    if (!(secure || plain) || uri.getHost() == null) {
      throw refused(url);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new Address(secure, uri.getHost(), port);
  }

  /// The page at `path` on the same port, such as `/metrics`.
  public URI page(String path) {
    return URI.create((secure ? "https://" : "http://") + host + ":" + port + path);
  }

  /// Whether it is this machine's own, by which it is reached from itself alone.
  public boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.");
  }

  private static IllegalArgumentException refused(String url) {
    return new IllegalArgumentException(
        "url: " + url + " (expected: http://host:port, or https, ws, wss)");
  }

  String socketPath() {
    return PATH;
  }
}
