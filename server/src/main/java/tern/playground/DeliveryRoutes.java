// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.playground;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import tern.id.ConversationId;

/// Serves `GET /demo/delivery?conversation=…&sequence=…`: what became of a message on each device
/// of its recipients, for the playground's "why was there no push?". Mounted in demo mode only,
/// where anybody may be anyone; backends ask over REST, with a key.
public final class DeliveryRoutes {
  private final Vertx vertx;
  private final Lookup lookup;

  /// Tells what became of a message; may block.
  @FunctionalInterface
  public interface Lookup {
    /// Empty: there is no such message.
    Optional<JsonObject> find(ConversationId conversation, long sequence);
  }

  private record Place(ConversationId conversation, long sequence) {}

  /// Answers with what `lookup` finds.
  public DeliveryRoutes(Vertx vertx, Lookup lookup) {
    this.vertx = vertx;
    this.lookup = lookup;
  }

  /// Adds the route.
  public void mount(Router router) {
    router.get("/demo/delivery").handler(this::tell);
  }

  private void tell(RoutingContext request) {
    Place place;
    try {
      place = place(request);
    } catch (IllegalArgumentException e) {
      answer(request, 400, new JsonObject().put("error", e.getMessage()));
      return;
    }
    vertx
        .executeBlocking(() -> lookup.find(place.conversation(), place.sequence()), false)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    it -> answer(request, 200, it),
                    () -> answer(request, 404, error("no such message"))))
        .onFailure(_ -> answer(request, 503, error("the store did not answer")));
  }

  private static Place place(RoutingContext request) {
    String sequence = request.request().getParam("sequence", "");
    if (!sequence.matches("[1-9][0-9]{0,15}")) {
      throw new IllegalArgumentException("sequence: none (expected: a message's, from 1)");
    }
    String conversation = request.request().getParam("conversation", "");
    return new Place(ConversationId.parse(conversation), Long.parseLong(sequence));
  }

  private static JsonObject error(String reason) {
    return new JsonObject().put("error", reason);
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
