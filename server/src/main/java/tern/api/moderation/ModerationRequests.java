// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.moderation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import tern.api.page.NumberedPage;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.gateway.socket.FrameCodec;
import tern.moderation.FlaggedMessage;
import tern.moderation.Moderation;
import tern.moderation.rule.Rule;
import tern.moderation.rule.RuleAction;
import tern.moderation.rule.RuleKind;
import tern.moderation.rule.Rules;
import tern.v1.ErrorCode;

/// Rules, and the queue of flagged messages, in JSON as the OpenAPI file writes it; what comes in
/// was held against that file. Blocks; for virtual threads.
public final class ModerationRequests {
  private final Moderation moderation;

  /// Asks this moderation.
  public ModerationRequests(Moderation moderation) {
    this.moderation = moderation;
  }

  /// All rules.
  public JsonObject listRules() {
    JsonArray rules = new JsonArray();
    moderation.rules().list().forEach(it -> rules.add(json(it)));
    return new JsonObject().put("rules", rules);
  }

  /// Makes or replaces a rule; answers it as it stands. Throws [RequestRefused] when it can't be
  /// one, or there are as many as there may be.
  public JsonObject putRule(String id, JsonObject body) {
    Rule rule;
    boolean isPut;
    try {
      rule = rule(id, body);
      isPut = moderation.rules().put(rule);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
    if (!isPut) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_LIMIT_REACHED,
          "as many rules as there may be (expected: at most " + Rules.MOST + ")");
    }
    return json(rule);
  }

  private static Rule rule(String id, JsonObject body) {
    JsonArray terms = body.getJsonArray("terms", new JsonArray());
    return new Rule(
        id,
        RuleKind.valueOf(body.getString("kind")),
        RuleAction.valueOf(body.getString("action")),
        terms.stream().map(String.class::cast).toList(),
        body.getInteger("count", 0),
        Duration.ofSeconds(body.getInteger("withinSeconds", 0)),
        body.getString("reason", ""));
  }

  private static JsonObject json(Rule it) {
    return new JsonObject()
        .put("ruleId", it.id())
        .put("kind", it.kind().name())
        .put("action", it.action().name())
        .put("terms", new JsonArray(it.terms()))
        .put("count", it.count())
        .put("withinSeconds", (int) it.within().toSeconds())
        .put("reason", it.reason());
  }

  /// Takes a rule away; says whether there was one.
  public JsonObject deleteRule(String id) {
    return new JsonObject().put("deleted", moderation.rules().delete(id));
  }

  /// Flagged messages, the latest first.
  ///
  /// @param page as an earlier answer named it; empty for the first
  /// @param limit 1 to 100
  public JsonObject listFlagged(String page, int limit) {
    List<FlaggedMessage> found = moderation.flags().read(NumberedPage.before(page), limit);
    return NumberedPage.told(
        "entries", found, limit, FlaggedMessage::number, ModerationRequests::json);
  }

  private static JsonObject json(FlaggedMessage it) {
    return new JsonObject()
        .put("number", Long.toString(it.number()))
        .put("atMs", Long.toString(it.at().toEpochMilli()))
        .put("conversationId", it.conversation().toString())
        .put("ruleIds", new JsonArray(it.ruleIds()))
        .put("message", new JsonObject(FrameCodec.json(ToWire.message(it.message()))));
  }

  /// Takes a message off the queue; says whether it was there.
  public JsonObject dismissFlagged(String number) {
    return new JsonObject().put("dismissed", moderation.flags().dismiss(number(number)));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw RequestRefused.invalid("number: no such form (expected: a number that Tern gave)");
    }
  }
}
