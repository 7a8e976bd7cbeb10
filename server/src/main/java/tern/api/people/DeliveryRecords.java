// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tern.device.Device;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.push.ledger.DeviceRecord;
import tern.push.ledger.RecordTable;
import tern.v1.ErrorCode;

/// What became of a message on each device of its recipients: the answer to "why was there no
/// push?". Blocks; for virtual threads.
public final class DeliveryRecords {
  private static final List<String> KINDS =
      List.of("apns", "fcm_token", "fcm_installation", "web_push");

  private final RecordTable records;

  /// Tells what stands there.
  public DeliveryRecords(RecordTable records) {
    this.records = records;
  }

  /// A page of the message's devices, by user and device; `limit` 1 to 100.
  ///
  /// @param page empty: the first
  public JsonObject read(ConversationId conversation, long sequence, String page, int limit) {
    List<DeviceRecord> found =
        records
            .read(conversation, sequence, after(page), limit + 1)
            .orElseThrow(
                () ->
                    RequestRefused.of(
                        ErrorCode.ERROR_CODE_NOT_FOUND,
                        "sequence: " + sequence + " (expected: a message's)"));
    List<DeviceRecord> shown = found.subList(0, Math.min(limit, found.size()));
    return new JsonObject()
        .put("conversationId", conversation.toString())
        .put("sequence", Long.toString(sequence))
        .put("devices", new JsonArray(shown.stream().map(DeliveryRecords::told).toList()))
        .put("nextPage", found.size() > shown.size() ? pageAfter(shown.getLast().device()) : "");
  }

  private static String pageAfter(Device last) {
    byte[] place = (last.user() + " " + last.id()).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place);
  }

  private static String after(String page) {
    try {
      return new String(Base64.getUrlDecoder().decode(page), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException _) {
      throw RequestRefused.invalid("page: no page (expected: one that an answer has told)");
    }
  }

  private static JsonObject told(DeviceRecord it) {
    JsonObject told =
        new JsonObject()
            .put("userId", it.device().user().value())
            .put("deviceId", it.device().id().value())
            .put("outcome", it.outcome().name().toLowerCase(Locale.ROOT));
    it.device()
        .registration()
        .ifPresent(registration -> told.put("kind", KINDS.get(registration.kind() - 1)));
    if (!it.reason().isEmpty()) {
      told.put("reason", it.reason());
    }
    put(told, "atMs", it.at());
    put(told, "clearedAtMs", it.clearedAt());
    put(told, "receivedAtMs", it.receivedAt());
    put(told, "openedAtMs", it.openedAt());
    return told;
  }

  private static void put(JsonObject told, String name, Optional<Instant> at) {
    at.ifPresent(it -> told.put(name, Long.toString(it.toEpochMilli())));
  }
}
