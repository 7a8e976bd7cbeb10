// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.past;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tern.api.schema.Fields;
import tern.conversation.Conversations.PastGroup;
import tern.conversation.HistoryVisibility;
import tern.conversation.Role;
import tern.gateway.governance.GivenSettings;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.id.UserId;
import tern.v1.CreateGroup;

/// Reads a group as it was elsewhere.
final class GivenGroup {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private GivenGroup() {}

  /// The group that stands in `given`, which is as the OpenAPI file says.
  ///
  /// Throws [RequestRefused] for what can't be one.
  static PastGroup read(JsonObject given, LimitsConfig limits) {
    return new PastGroup(
        FromWire.key(given.getString("key")),
        GivenSettings.of(settings(given), limits),
        past(GivenMessage.millis(given.getValue("createdAtMs"))),
        visibility(given.getString("historyVisibility", "")),
        members(given.getJsonArray("members")));
  }

  // Whether it has passed is the database's to say; it can't hold all that a number can.
  private static Instant past(long millis) {
    Instant at = Instant.ofEpochMilli(millis);
    if (at.isAfter(LATEST)) {
      throw RequestRefused.invalid("createdAtMs: in the future (expected: a time that has passed)");
    }
    return at;
  }

  // What is the same in both reads the same.
  private static CreateGroup settings(JsonObject given) {
    CreateGroup.Builder settings = CreateGroup.newBuilder();
    Fields.read(given, settings);
    return settings.build();
  }

  private static HistoryVisibility visibility(String given) {
    return given.equals("HISTORY_VISIBILITY_START")
        ? HistoryVisibility.START
        : HistoryVisibility.JOINED;
  }

  private static Map<Role, List<UserId>> members(JsonArray given) {
    Map<Role, List<UserId>> members = new EnumMap<>(Role.class);
    Set<UserId> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      JsonObject member = given.getJsonObject(i);
      UserId user = FromWire.user(member.getString("userId"));
      if (!seen.add(user)) {
        throw RequestRefused.invalid(
            "body/members/" + i + ": userId: twice (expected: each member once)");
      }
      members.computeIfAbsent(role(member.getString("role", "")), _ -> new ArrayList<>()).add(user);
    }
    if (!members.containsKey(Role.OWNER)) {
      throw RequestRefused.invalid("body/members: no owner (expected: at least one)");
    }
    return members;
  }

  private static Role role(String given) {
    return switch (given) {
      case "ROLE_OWNER" -> Role.OWNER;
      case "ROLE_MODERATOR" -> Role.MODERATOR;
      default -> Role.MEMBER;
    };
  }
}
