// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tern.erasure.Erasure;
import tern.erasure.Erasures;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.UserId;
import tern.v1.ErrorCode;

/// Has users erased, and hands out the proof. Blocks; for virtual threads.
public final class UserErasure {
  private final Erasures erasures;

  /// Hands wishes to these.
  public UserErasure(Erasures erasures) {
    this.erasures = erasures;
  }

  /// Begins to erase a user.
  ///
  /// @param messages `delete` or `anonymise`
  public JsonObject request(UserId user, String messages) {
    return told(erasures.request(user, messages.equals("anonymise")));
  }

  /// How far an erasure has come.
  public JsonObject read(String erasureId) {
    UUID id = FromWire.checked(UUID::fromString, erasureId);
    return erasures
        .find(id)
        .map(UserErasure::told)
        .orElseThrow(() -> RequestRefused.of(ErrorCode.ERROR_CODE_NOT_FOUND, "no such erasure"));
  }

  private static JsonObject told(Erasure it) {
    JsonArray places = new JsonArray();
    it.places()
        .forEach(
            place ->
                places.add(
                    new JsonObject()
                        .put("place", place.name())
                        .put("erased", Long.toString(place.erased()))
                        .put("remaining", Long.toString(place.remaining()))));
    return new JsonObject()
        .put("erasureId", it.id().toString())
        .put("messages", it.keepsMessages() ? "anonymise" : "delete")
        .put("requestedAtMs", millis(Optional.of(it.requestedAt())))
        .put("begunAtMs", millis(it.begunAt()))
        .put("endedAtMs", millis(it.endedAt()))
        .put("places", places);
  }

  // 0 for none.
  private static String millis(Optional<Instant> at) {
    return Long.toString(at.map(Instant::toEpochMilli).orElse(0L));
  }
}
