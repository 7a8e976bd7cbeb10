// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.playground;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.Clock;
import java.time.Duration;
import tern.auth.TokenIssuer;
import tern.id.UserId;

/// Serves the playground at `/`, and `POST /demo/token {"user_id": "alice"}`: an access token for
/// any user. Mounted in demo mode only.
public final class PlaygroundRoutes {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX_BODY_BYTES = 1024;

  private final TokenIssuer issuer;
  private final Clock clock;

  /// Issues tokens that this server accepts.
  public PlaygroundRoutes(TokenIssuer issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /// Adds the routes.
  public void mount(Router router) {
    router
        .post("/demo/token")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(this::token)
        .failureHandler(PlaygroundRoutes::refuse);
    router.get("/*").handler(PlaygroundRoutes::protect);
    router
        .get("/*")
        .handler(
            StaticHandler.create("web/playground")
                .setIndexPage("index.html")
                .setFilesReadOnly(true)
                // Only what carries a hash in its name may be kept; the page itself would outlive
                // an upgrade.
                .setCachingEnabled(false)
                .setIncludeHidden(false));
  }

  private static void protect(RoutingContext request) {
    request
        .response()
        .putHeader(
            "content-security-policy",
            "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:;"
                + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer");
    request.next();
  }

  private void token(RoutingContext request) {
    UserId user;
    try {
      user = new UserId(userIn(request));
    } catch (DecodeException | IllegalArgumentException e) {
      answer(request, 400, new JsonObject().put("error", reason(e)));
      return;
    }
    answer(
        request,
        200,
        new JsonObject()
            .put("access_token", issuer.issue(user, LIFETIME, clock))
            .put("expires_at_ms", clock.instant().plus(LIFETIME).toEpochMilli()));
  }

  // What the body's own handler refuses, such as one that is too long.
  private static void refuse(RoutingContext request) {
    int status = request.statusCode() < 400 ? 500 : request.statusCode();
    String expected = " (expected: at most " + MAX_BODY_BYTES + " bytes of JSON)";
    answer(request, status, new JsonObject().put("error", "body: refused" + expected));
  }

  private static String userIn(RoutingContext request) {
    String body = request.body().asString();
    Object json = Json.decodeValue(body == null ? "" : body);
    if (json instanceof JsonObject object && object.getValue("user_id") instanceof String user) {
      return user;
    }
    throw new IllegalArgumentException("body: no user_id (expected: {\"user_id\": \"alice\"})");
  }

  private static String reason(RuntimeException e) {
    return e instanceof DecodeException
        ? "body: no JSON (expected: {\"user_id\": \"alice\"})"
        : String.valueOf(e.getMessage());
  }

  private static void answer(RoutingContext request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(body.encode());
  }
}
