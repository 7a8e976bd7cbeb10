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
  private final Contract contract;
  private final String style;
  // Empty until somebody asks for it: few ever do, and a start should not wait for it.
  private volatile String page = "";

  /// Reads the style.
  DocsRoutes(Contract contract) {
    this.file = contract.text();
    this.contract = contract;
    try (InputStream in = Objects.requireNonNull(DocsRoutes.class.getResourceAsStream(STYLE))) {
      this.style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds the routes.
  void mount(Router router) {
    router.get("/v1/openapi.yaml").handler(it -> serve(it, "application/yaml", file));
    router.get("/docs").blockingHandler(it -> serve(it, "text/html; charset=utf-8", page()), false);
    router.get("/docs/style.css").handler(it -> serve(it, "text/css; charset=utf-8", style));
  }

  private String page() {
    if (page.isEmpty()) {
      page = new DocsPage(contract).html();
    }
    return page;
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
