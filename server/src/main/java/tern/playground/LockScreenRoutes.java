// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.playground;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import tern.push.Push;
import tern.push.demo.LockScreens;

/// Serves `GET /demo/lock-screen?address=…&address=…`: what is pushed to the addresses of up to 8
/// registrations, as server-sent events with JSON, from what came while nobody looked on. One
/// stream for all lock screens of a page, since browsers open at most six to a host. Mounted in
/// demo mode only.
public final class LockScreenRoutes {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
  private static final int MAX_ADDRESSES = 8;

  private final Vertx vertx;
  private final LockScreens screens;

  /// Shows these.
  public LockScreenRoutes(Vertx vertx, LockScreens screens) {
    this.vertx = vertx;
    this.screens = screens;
  }

  /// Adds the route.
  public void mount(Router router) {
    router.get("/demo/lock-screen").handler(this::show);
  }

  private void show(RoutingContext request) {
    List<String> addresses = request.queryParam("address").stream().distinct().toList();
    if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES || addresses.contains("")) {
      String given = "address: " + addresses.size() + " given";
      String expected = " (expected: 1 to " + MAX_ADDRESSES + ", of registrations)";
      request.response().setStatusCode(400).end(given + expected);
      return;
    }
    HttpServerResponse response =
        request
            .response()
            .setChunked(true)
            .putHeader("content-type", "text/event-stream")
            .putHeader("cache-control", "no-store");
    write(response, ": shown from here on\n\n");
    Context context = vertx.getOrCreateContext();
    long signs =
        vertx.setPeriodic(SIGN_OF_LIFE.toMillis(), _ -> write(response, ": still here\n\n"));
    List<Runnable> leave =
        addresses.stream().map(address -> watch(address, context, response)).toList();
    response.closeHandler(
        _ -> {
          vertx.cancelTimer(signs);
          leave.forEach(Runnable::run);
        });
  }

  private Runnable watch(String address, Context context, HttpServerResponse response) {
    return screens.watch(
        address,
        push -> {
          JsonObject shown = json(push).put("address", address);
          context.runOnContext(_ -> write(response, "data: " + shown.encode() + "\n\n"));
        });
  }

  private static void write(HttpServerResponse response, String text) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.writeQueueFull()) {
      // Nobody reads: what comes now is kept for whoever looks next.
      response.reset();
      return;
    }
    response.write(text).onFailure(_ -> response.reset());
  }

  private static JsonObject json(Push push) {
    JsonObject json =
        new JsonObject()
            .put("conversationId", push.conversation().map(Object::toString).orElse(""))
            .put("sequence", push.sequence())
            .put("badge", push.badge());
    return switch (push.payload()) {
      case Push.Clear() -> json.put("clear", true);
      case Push.Banner banner ->
          json.put("title", banner.title())
              .put("text", banner.text())
              .put("audible", banner.isAudible())
              .put("urgent", banner.isUrgent())
              .put("image", banner.image().orElse(""))
              .put("link", banner.link().orElse(""))
              .put(
                  "lines",
                  new JsonArray(banner.lines().stream().map(LockScreenRoutes::json).toList()));
    };
  }

  private static JsonObject json(Push.Line line) {
    return new JsonObject()
        .put("sender", line.sender())
        .put("text", line.text())
        .put("atMs", line.at().toEpochMilli());
  }
}
