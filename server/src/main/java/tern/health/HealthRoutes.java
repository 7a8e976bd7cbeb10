// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tern.store.Database;

/// Serves `/health/live` (the process turns), `/health/ready` (it can take traffic; else 503 with
/// the reasons) and `/metrics` (Prometheus).
public final class HealthRoutes {
  private final Vertx vertx;
  private final Map<String, BooleanSupplier> checks;
  private final PrometheusMeterRegistry registry;
  private final Supplier<Map<String, String>> services;
  private final AtomicBoolean draining = new AtomicBoolean();

  /// Ready means: the store answers, and the node is not draining.
  ///
  /// @param services how the services stand that the node can do without, by name
  public HealthRoutes(
      Vertx vertx,
      Database database,
      PrometheusMeterRegistry registry,
      Supplier<Map<String, String>> services) {
    this.vertx = vertx;
    this.registry = registry;
    this.services = services;
    this.checks =
        Map.of(
            "the store does not answer",
            database::isReachable,
            "the node is shutting down",
            () -> !draining.get());
  }

  /// From now on the node is not ready.
  public void drain() {
    draining.set(true);
  }

  /// Adds the routes.
  public void mount(Router router) {
    router.get("/health/live").handler(request -> answer(request, 200, new JsonArray()));
    router.get("/health/ready").handler(this::ready);
    router
        .get("/metrics")
        .handler(
            request -> {
              request.response().putHeader("content-type", "text/plain; version=0.0.4");
              vertx
                  .executeBlocking(registry::scrape, false)
                  .compose(request.response()::end)
                  .onFailure(request::fail);
            });
  }

  private void ready(RoutingContext request) {
    vertx
        .executeBlocking(this::reasons, false)
        .onSuccess(reasons -> answer(request, reasons.isEmpty() ? 200 : 503, reasons))
        .onFailure(request::fail);
  }

  private JsonArray reasons() {
    JsonArray reasons = new JsonArray();
    checks.forEach(
        (reason, holds) -> {
          if (!holds.getAsBoolean()) {
            reasons.add(reason);
          }
        });
    return reasons;
  }

  private void answer(RoutingContext request, int status, JsonArray reasons) {
    JsonObject body =
        new JsonObject()
            .put("status", status == 200 ? "ok" : "unavailable")
            .put("reasons", reasons);
    Map<String, String> standing = services.get();
    if (!standing.isEmpty()) {
      body.put("services", new JsonObject(Map.copyOf(standing)));
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(body.encode());
  }
}
