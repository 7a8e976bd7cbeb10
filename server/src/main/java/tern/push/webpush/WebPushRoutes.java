// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/// Serves `GET /v1/web-push-key` to anybody: what browsers subscribe with. A page asks before it
/// has a session, and a service worker never has one.
public final class WebPushRoutes {
  private final String answer;

  /// @param publicKey see [VapidKeys#publicKey]
  public WebPushRoutes(String publicKey) {
    this.answer = new JsonObject().put("public_key", publicKey).encode();
  }

  /// Adds the route.
  public void mount(Router router) {
    router
        .get("/v1/web-push-key")
        .handler(
            request ->
                request
                    .response()
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-cache")
                    .end(answer));
  }
}
