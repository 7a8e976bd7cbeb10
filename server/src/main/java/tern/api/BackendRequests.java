// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static java.util.stream.Collectors.toSet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tern.api.audit.AuditEntry;
import tern.api.audit.AuditLog;
import tern.api.business.BusinessSends;
import tern.api.directory.FoundConversations;
import tern.api.export.UserExport;
import tern.api.moderation.ModerationRequests;
import tern.api.moderation.PushRules;
import tern.api.moderation.RetentionRules;
import tern.api.page.NumberedPage;
import tern.api.past.HistoryImport;
import tern.api.people.BackendUsers;
import tern.api.people.DeliveryRecords;
import tern.api.people.ReportQueue;
import tern.api.people.UserDevices;
import tern.api.people.UserErasure;
import tern.api.people.UserSessions;
import tern.gateway.governance.GovernanceRequests;
import tern.gateway.request.FromWire;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.v1.ClientFrame.FrameCase;

/// What the app's backend alone can ask for, which no socket offers. Blocks; for virtual threads.
final class BackendRequests {
  private static final long HOUR_SECONDS = 3_600;
  private static final int AUDIT_ENTRIES = 50;
  private static final int CONVERSATIONS = 50;
  private static final int DEVICES = 50;
  private static final int FLAGGED = 50;
  private static final int REPORTS = 50;

  private final GovernanceRequests governance;
  private final FoundConversations conversations;
  private final AuditLog audit;
  private final ModerationRequests moderation;
  private final UserExport export;
  private final RetentionRules retention;
  private final PushRules pushRules;
  private final BusinessSends business;
  private final HistoryImport past;
  private final BackendUsers users;
  private final ReportQueue reports;
  private final UserErasure erasure;
  private final UserSessions sessions;
  private final UserDevices devices;
  private final DeliveryRecords deliveries;

  /// What concerns what was said.
  record History(
      UserExport export,
      RetentionRules retention,
      PushRules pushRules,
      BusinessSends business,
      HistoryImport past) {}

  /// What concerns users.
  record People(
      BackendUsers users,
      ReportQueue reports,
      UserErasure erasure,
      UserSessions sessions,
      UserDevices devices,
      DeliveryRecords deliveries) {}

  BackendRequests(
      GovernanceRequests governance,
      FoundConversations conversations,
      ModerationRequests moderation,
      History history,
      People people,
      AuditLog audit) {
    this.governance = governance;
    this.conversations = conversations;
    this.audit = audit;
    this.moderation = moderation;
    this.export = history.export();
    this.retention = history.retention();
    this.pushRules = history.pushRules();
    this.business = history.business();
    this.past = history.past();
    this.users = people.users();
    this.reports = people.reports();
    this.erasure = people.erasure();
    this.sessions = people.sessions();
    this.devices = people.devices();
    this.deliveries = people.deliveries();
  }

  /// Does what the key asks for; throws [RequestRefused] when it can't be done.
  Answer answer(String keyId, Call.Checked call) {
    return switch (call.operation()) {
      case ISSUE_TOKEN -> issueToken(call);
      case ERASE_CONVERSATION -> erase(call);
      case READ_AUDIT -> readAudit(call);
      case LIST_RULES -> done(call, moderation.listRules());
      case PUT_RULE -> done(call, moderation.putRule(call.text("ruleId"), call.body()));
      case DELETE_RULE -> done(call, moderation.deleteRule(call.text("ruleId")));
      case LIST_FLAGGED ->
          done(
              call, moderation.listFlagged(call.text("page"), (int) call.number("limit", FLAGGED)));
      case DISMISS_FLAGGED -> done(call, moderation.dismissFlagged(call.text("number")));
      case READ_USER -> done(call, users.read(user(call)));
      case UPSERT_USER -> done(call, users.upsert(user(call), keyId, call.body()));
      case DEACTIVATE_USER -> done(call, users.deactivate(user(call)));
      case REACTIVATE_USER -> done(call, users.reactivate(user(call)));
      case BAN_USER ->
          done(call, users.ban(user(call), millis(call, "untilMs"), text(call, "reason")));
      case UNBAN_USER -> done(call, users.unban(user(call)));
      case LIST_REPORTS -> listReports(call);
      case CLOSE_REPORT ->
          done(
              call,
              reports.close(call.number("number", 0), text(call, "outcome"), text(call, "note")));
      case ERASE_REPORT -> done(call, reports.erase(call.number("number", 0)));
      default -> data(keyId, call);
    };
  }

  // What the backend does with its users' data.
  private Answer data(String keyId, Call.Checked call) {
    return switch (call.operation()) {
      case ERASE_USER -> accepted(erasure.request(user(call), text(call, "messages")));
      case READ_ERASURE -> done(call, erasure.read(call.text("erasureId")));
      case EXPORT_USER -> Answer.of(export.of(user(call)));
      case FIND_CONVERSATIONS -> findConversations(call);
      case READ_RETENTION -> done(call, retention.read(conversation(call)));
      case SET_RETENTION -> done(call, retention.set(conversation(call), call.body()));
      case READ_PUSH_RULE -> done(call, pushRules.read(conversation(call)));
      case SET_PUSH_RULE -> done(call, pushRules.set(conversation(call), call.body()));
      case SEND_AS_BUSINESS ->
          Frames.answer(
              call.operation(), business.send(keyId, call.text("conversationId"), call.body()));
      case EDIT_AS_BUSINESS -> asked(keyId, call, FrameCase.EDIT_MESSAGE);
      case DELETE_AS_BUSINESS ->
          Frames.answer(
              call.operation(), business.delete(keyId, Frames.of(call, FrameCase.DELETE_MESSAGE)));
      case LIST_BUSINESS_PRESSES -> asked(keyId, call, FrameCase.LIST_PRESSES);
      case MODERATE_CONVERSATION -> asked(keyId, call, FrameCase.UPDATE_CONVERSATION);
      case MODERATE_MESSAGE -> asked(keyId, call, FrameCase.DELETE_MESSAGE);
      case MODERATE_ROLE -> asked(keyId, call, FrameCase.SET_ROLE);
      case IMPORT_GROUP -> Frames.answer(call.operation(), past.group(call.body()));
      case IMPORT_MESSAGES -> done(call, past.add(conversation(call), call.body()));
      case READ_DELIVERY -> readDelivery(call);
      case LIST_DEVICES -> done(call, devices.list(user(call)));
      case REGISTER_DEVICE ->
          done(call, devices.register(user(call), call.text("deviceId"), call.body()));
      case FORGET_DEVICE -> done(call, devices.forget(user(call), call.text("deviceId")));
      default -> entry(call);
    };
  }

  // How users come in, and how they are kept out.
  private Answer entry(Call.Checked call) {
    return switch (call.operation()) {
      case LIST_SESSIONS -> done(call, sessions.list(user(call)));
      case DISCONNECT_USER ->
          done(
              call,
              sessions.disconnect(user(call), text(call, "deviceId"), text(call, "sessionId")));
      case REVOKE_TOKENS -> done(call, sessions.revoke(user(call), text(call, "deviceId")));
      case REVOKE_TOKEN ->
          done(call, sessions.revokeToken(text(call, "tokenId"), millis(call, "expiresAtMs")));
      default ->
          throw new IllegalArgumentException(call.operation() + " (expected: one of no frame)");
    };
  }

  private Answer asked(String keyId, Call.Checked call, FrameCase request) {
    return Frames.answer(call.operation(), business.ask(keyId, Frames.of(call, request)));
  }

  // It is begun, and goes on by itself.
  private static Answer accepted(JsonObject told) {
    return Answer.of(202, told.encode());
  }

  private static Answer done(Call.Checked call, JsonObject told) {
    Answer answer = Answer.of(200, told.encode());
    return call.operation().isPolled() ? answer.taggedWith(Tags.of(answer.body())) : answer;
  }

  private static ConversationId conversation(Call.Checked call) {
    return FromWire.conversation(call.text("conversationId"));
  }

  private static UserId user(Call.Checked call) {
    return FromWire.user(call.text("userId"));
  }

  private static String text(Call.Checked call, String name) {
    return call.body().getString(name, "");
  }

  // A number, or one in decimal digits.
  private static long millis(Call.Checked call, String name) {
    return call.body().getValue(name) instanceof String digits
        ? Long.parseLong(digits)
        : call.body().getLong(name, 0L);
  }

  private Answer findConversations(Call.Checked call) {
    return done(
        call,
        conversations.find(
            call.text("key"),
            call.text("userId"),
            call.text("page"),
            (int) call.number("limit", CONVERSATIONS)));
  }

  private Answer readDelivery(Call.Checked call) {
    return done(
        call,
        deliveries.read(
            conversation(call),
            call.number("sequence", 0),
            call.text("page"),
            (int) call.number("limit", DEVICES)));
  }

  private Answer listReports(Call.Checked call) {
    return done(
        call,
        reports.list(
            !call.text("state").equals("closed"),
            call.text("userId"),
            call.text("page"),
            (int) call.number("limit", REPORTS)));
  }

  private Answer issueToken(Call.Checked call) {
    long seconds = call.body().getLong("lifetimeSeconds", HOUR_SECONDS);
    Duration lifetime = Duration.ofSeconds(seconds);
    String device = call.body().getString("deviceId", "");
    return Answer.of(201, sessions.issue(user(call), lifetime, grants(call), device).encode());
  }

  // The file bounds them.
  private static Set<String> grants(Call.Checked call) {
    return call.body().getJsonArray("watch", new JsonArray()).stream()
        .map(String.class::cast)
        .collect(toSet());
  }

  private Answer erase(Call.Checked call) {
    return Frames.answer(call.operation(), governance.erase(conversation(call)).build());
  }

  private Answer readAudit(Call.Checked call) {
    int limit = (int) call.number("limit", AUDIT_ENTRIES);
    List<AuditEntry> found =
        audit.read(call.text("keyId"), NumberedPage.before(call.text("page")), limit);
    return Answer.of(
        200,
        NumberedPage.told("entries", found, limit, AuditEntry::number, BackendRequests::told)
            .encode());
  }

  private static JsonObject told(AuditEntry it) {
    return new JsonObject()
        .put("number", Long.toString(it.number()))
        .put("atMs", Long.toString(it.at().toEpochMilli()))
        .put("keyId", it.keyId())
        .put("actsFor", it.actsFor())
        .put("operation", it.operation())
        .put("subject", it.subject())
        .put("status", it.status());
  }
}
