// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Serves the OpenAPI file at `/v1/openapi.yaml`, and at `/docs` a page made of it, without scripts
/// and without anything from elsewhere.
final class DocsRoutes {
  private static final String STYLE = "/openapi/docs.css";

  private final String file;
  private final String page;
  private final String style;

  /// Makes the page.
  DocsRoutes(Contract contract) {
    this.file = contract.text();
    this.page = new DocsPage(contract).html();
    try (InputStream in = Objects.requireNonNull(DocsRoutes.class.getResourceAsStream(STYLE))) {
      this.style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds the routes.
  void mount(Router router) {
    router.get("/v1/openapi.yaml").handler(it -> serve(it, "application/yaml", file));
    router.get("/docs").handler(it -> serve(it, "text/html; charset=utf-8", page));
    router.get("/docs/style.css").handler(it -> serve(it, "text/css; charset=utf-8", style));
  }

  private static void serve(RoutingContext request, String type, String content) {
    request
        .response()
        .putHeader("content-type", type)
        .putHeader("cache-control", "no-cache")
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " form-action 'none'")
        .end(content);
  }
}
