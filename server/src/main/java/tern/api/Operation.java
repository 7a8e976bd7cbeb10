// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static tern.auth.key.Scope.AUDIT_READ;
import static tern.auth.key.Scope.BUSINESS_READ;
import static tern.auth.key.Scope.BUSINESS_WRITE;
import static tern.auth.key.Scope.CONVERSATIONS_ERASE;
import static tern.auth.key.Scope.CONVERSATIONS_MODERATE;
import static tern.auth.key.Scope.CONVERSATIONS_READ;
import static tern.auth.key.Scope.CONVERSATIONS_WRITE;
import static tern.auth.key.Scope.HISTORY_IMPORT;
import static tern.auth.key.Scope.MESSAGES_READ;
import static tern.auth.key.Scope.MESSAGES_WRITE;
import static tern.auth.key.Scope.MODERATION_READ;
import static tern.auth.key.Scope.MODERATION_WRITE;
import static tern.auth.key.Scope.REPORTS_READ;
import static tern.auth.key.Scope.REPORTS_WRITE;
import static tern.auth.key.Scope.SESSIONS_READ;
import static tern.auth.key.Scope.SESSIONS_WRITE;
import static tern.auth.key.Scope.TOKENS_ISSUE;
import static tern.auth.key.Scope.USERS_ERASE;
import static tern.auth.key.Scope.USERS_EXPORT;
import static tern.auth.key.Scope.USERS_READ;
import static tern.auth.key.Scope.USERS_WRITE;
import static tern.v1.ClientFrame.FrameCase.FRAME_NOT_SET;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tern.auth.key.Scope;
import tern.v1.ClientFrame.FrameCase;

/// The table of what REST offers: a row each, with its path, the scope that a key needs, and the
/// frame that it asks as a socket would.
///
/// What stands in the path and in the query goes into the frame's fields of the same names, the
/// body into all others. Each row has its entry in `openapi/tern.yaml`, under [#id].
@SuppressWarnings("ImmutableEnumChecker") // Vert.x's methods are, without saying so
enum Operation {
  LIST_INBOX(GET, "/v1/inbox", CONVERSATIONS_READ, FrameCase.LIST_INBOX),
  OPEN_DIRECT(POST, "/v1/conversations/direct", CONVERSATIONS_WRITE, FrameCase.OPEN_DIRECT),
  CREATE_GROUP(POST, "/v1/conversations", CONVERSATIONS_WRITE, FrameCase.CREATE_GROUP),
  CREATE_OPEN(POST, "/v1/conversations/open", CONVERSATIONS_WRITE, FrameCase.CREATE_OPEN),
  CHANGE_WATCH_LIST(
      POST,
      "/v1/conversations/{conversationId}/watch-list",
      CONVERSATIONS_WRITE,
      FrameCase.CHANGE_WATCH_LIST),
  READ_WATCH_LIST(
      GET,
      "/v1/conversations/{conversationId}/watch-list",
      CONVERSATIONS_READ,
      FrameCase.READ_WATCH_LIST),
  COUNT_WATCHERS(
      GET,
      "/v1/conversations/{conversationId}/watchers",
      CONVERSATIONS_READ,
      FrameCase.COUNT_WATCHERS),
  READ_CONVERSATION(
      GET, "/v1/conversations/{conversationId}", CONVERSATIONS_READ, FrameCase.READ_CONVERSATION),
  UPDATE_CONVERSATION(
      PATCH,
      "/v1/conversations/{conversationId}",
      CONVERSATIONS_WRITE,
      FrameCase.UPDATE_CONVERSATION),
  ADD_MEMBERS(
      POST,
      "/v1/conversations/{conversationId}/members",
      CONVERSATIONS_WRITE,
      FrameCase.ADD_MEMBERS),
  REMOVE_MEMBERS(
      POST,
      "/v1/conversations/{conversationId}/members/remove",
      CONVERSATIONS_WRITE,
      FrameCase.REMOVE_MEMBERS),
  SET_ROLE(
      PUT,
      "/v1/conversations/{conversationId}/members/{userId}/role",
      CONVERSATIONS_WRITE,
      FrameCase.SET_ROLE),
  MUTE_MEMBER(
      PUT,
      "/v1/conversations/{conversationId}/members/{userId}/mute",
      CONVERSATIONS_WRITE,
      FrameCase.MUTE_MEMBER),
  LIST_BANNED(
      GET, "/v1/conversations/{conversationId}/bans", CONVERSATIONS_READ, FrameCase.LIST_BANNED),
  BAN_FROM_GROUP(
      PUT,
      "/v1/conversations/{conversationId}/bans/{userId}",
      CONVERSATIONS_WRITE,
      FrameCase.BAN_USER),
  DELETE_CONVERSATION(
      DELETE,
      "/v1/conversations/{conversationId}",
      CONVERSATIONS_WRITE,
      FrameCase.DELETE_CONVERSATION),
  LEAVE_CONVERSATION(
      POST,
      "/v1/conversations/{conversationId}/leave",
      CONVERSATIONS_WRITE,
      FrameCase.LEAVE_CONVERSATION),
  CREATE_INVITATION(
      POST,
      "/v1/conversations/{conversationId}/invitations",
      CONVERSATIONS_WRITE,
      FrameCase.CREATE_INVITATION),
  LIST_INVITATIONS(
      GET,
      "/v1/conversations/{conversationId}/invitations",
      CONVERSATIONS_READ,
      FrameCase.LIST_INVITATIONS),
  REVOKE_INVITATION(
      DELETE,
      "/v1/conversations/{conversationId}/invitations/{invitationId}",
      CONVERSATIONS_WRITE,
      FrameCase.REVOKE_INVITATION),
  JOIN_CONVERSATION(
      POST, "/v1/conversations/join", CONVERSATIONS_WRITE, FrameCase.JOIN_CONVERSATION),
  READ_HISTORY(
      GET, "/v1/conversations/{conversationId}/messages", MESSAGES_READ, FrameCase.READ_HISTORY),
  SEND_MESSAGE(
      POST, "/v1/conversations/{conversationId}/messages", MESSAGES_WRITE, FrameCase.SEND_MESSAGE),
  EDIT_MESSAGE(
      PATCH,
      "/v1/conversations/{conversationId}/messages/{sequence}",
      MESSAGES_WRITE,
      FrameCase.EDIT_MESSAGE),
  DELETE_MESSAGE(
      DELETE,
      "/v1/conversations/{conversationId}/messages/{sequence}",
      MESSAGES_WRITE,
      FrameCase.DELETE_MESSAGE),
  READ_EDITS(
      GET,
      "/v1/conversations/{conversationId}/messages/{sequence}/edits",
      MESSAGES_READ,
      FrameCase.READ_EDITS),
  SET_REACTION(
      POST,
      "/v1/conversations/{conversationId}/messages/{sequence}/reactions",
      MESSAGES_WRITE,
      FrameCase.SET_REACTION),
  PIN_MESSAGE(
      PUT,
      "/v1/conversations/{conversationId}/messages/{sequence}/pin",
      MESSAGES_WRITE,
      FrameCase.PIN_MESSAGE),
  FORWARD_MESSAGE(
      POST,
      "/v1/conversations/{conversationId}/messages/{sequence}/forward",
      MESSAGES_WRITE,
      FrameCase.FORWARD_MESSAGE),
  PRESS_BUTTON(
      POST,
      "/v1/conversations/{conversationId}/messages/{sequence}/presses",
      MESSAGES_WRITE,
      FrameCase.PRESS_BUTTON),
  LIST_PRESSES(
      GET,
      "/v1/conversations/{conversationId}/messages/{sequence}/presses",
      MESSAGES_READ,
      FrameCase.LIST_PRESSES),
  LIST_PINNED(GET, "/v1/conversations/{conversationId}/pins", MESSAGES_READ, FrameCase.LIST_PINNED),
  MARK_READ(
      POST, "/v1/conversations/{conversationId}/read", CONVERSATIONS_WRITE, FrameCase.MARK_READ),
  MARK_UNREAD(
      POST,
      "/v1/conversations/{conversationId}/unread",
      CONVERSATIONS_WRITE,
      FrameCase.MARK_UNREAD),
  ARCHIVE_CONVERSATION(
      PUT,
      "/v1/conversations/{conversationId}/archive",
      CONVERSATIONS_WRITE,
      FrameCase.ARCHIVE_CONVERSATION),
  HIDE_CONVERSATION(
      POST,
      "/v1/conversations/{conversationId}/hide",
      CONVERSATIONS_WRITE,
      FrameCase.HIDE_CONVERSATION),
  PIN_CONVERSATION(
      PUT,
      "/v1/conversations/{conversationId}/top",
      CONVERSATIONS_WRITE,
      FrameCase.PIN_CONVERSATION),
  SAVE_DRAFT(
      PUT, "/v1/conversations/{conversationId}/draft", CONVERSATIONS_WRITE, FrameCase.SAVE_DRAFT),
  SEARCH(GET, "/v1/search", MESSAGES_READ, FrameCase.SEARCH),
  MUTE_CONVERSATION(
      PUT,
      "/v1/conversations/{conversationId}/mute",
      CONVERSATIONS_WRITE,
      FrameCase.MUTE_CONVERSATION),
  SET_PUSH_LEVEL(
      PUT,
      "/v1/conversations/{conversationId}/push-level",
      CONVERSATIONS_WRITE,
      FrameCase.SET_PUSH_LEVEL),
  REPORT_PUSH(
      POST,
      "/v1/conversations/{conversationId}/messages/{sequence}/push-report",
      SESSIONS_WRITE,
      FrameCase.REPORT_PUSH),
  UPDATE_PROFILE(PATCH, "/v1/profile", USERS_WRITE, FrameCase.UPDATE_PROFILE),
  READ_PROFILES(GET, "/v1/profiles", USERS_READ, FrameCase.READ_PROFILES),
  READ_PRESENCE(GET, "/v1/presence", USERS_READ, FrameCase.SUBSCRIBE_PRESENCE),
  READ_PREFERENCES(GET, "/v1/preferences", USERS_READ, FrameCase.READ_PREFERENCES),
  UPDATE_PREFERENCES(PATCH, "/v1/preferences", USERS_WRITE, FrameCase.UPDATE_PREFERENCES),
  LIST_BLOCKED(GET, "/v1/blocks", USERS_READ, FrameCase.LIST_BLOCKED),
  BLOCK_USER(PUT, "/v1/blocks/{userId}", USERS_WRITE, FrameCase.BLOCK_USER),
  LIST_MUTED(GET, "/v1/mutes", USERS_READ, FrameCase.LIST_MUTED),
  MUTE_USER(PUT, "/v1/mutes/{userId}", USERS_WRITE, FrameCase.MUTE_USER),
  REPORT(POST, "/v1/reports", REPORTS_WRITE, FrameCase.REPORT),
  LIST_REPORTS(GET, "/v1/reports", REPORTS_READ),
  CLOSE_REPORT(POST, "/v1/reports/{number}/close", REPORTS_WRITE),
  ERASE_REPORT(DELETE, "/v1/reports/{number}", REPORTS_WRITE),
  READ_USER(GET, "/v1/users/{userId}", USERS_READ),
  UPSERT_USER(PUT, "/v1/users/{userId}", USERS_WRITE),
  DEACTIVATE_USER(POST, "/v1/users/{userId}/deactivate", USERS_WRITE),
  REACTIVATE_USER(POST, "/v1/users/{userId}/reactivate", USERS_WRITE),
  BAN_USER(POST, "/v1/users/{userId}/ban", USERS_WRITE),
  UNBAN_USER(POST, "/v1/users/{userId}/unban", USERS_WRITE),
  ERASE_USER(POST, "/v1/users/{userId}/erase", USERS_ERASE),
  READ_ERASURE(GET, "/v1/erasures/{erasureId}", USERS_ERASE),
  EXPORT_USER(GET, "/v1/users/{userId}/export", USERS_EXPORT),
  FIND_CONVERSATIONS(GET, "/v1/conversations", CONVERSATIONS_READ),
  READ_RETENTION(GET, "/v1/conversations/{conversationId}/retention", CONVERSATIONS_ERASE),
  SET_RETENTION(PUT, "/v1/conversations/{conversationId}/retention", CONVERSATIONS_ERASE),
  READ_PUSH_RULE(GET, "/v1/conversations/{conversationId}/push", CONVERSATIONS_MODERATE),
  SET_PUSH_RULE(PUT, "/v1/conversations/{conversationId}/push", CONVERSATIONS_MODERATE),
  READ_DELIVERY(
      GET, "/v1/conversations/{conversationId}/messages/{sequence}/delivery", SESSIONS_READ),
  SEND_AS_BUSINESS(POST, "/v1/conversations/{conversationId}/business-messages", BUSINESS_WRITE),
  EDIT_AS_BUSINESS(
      PATCH, "/v1/conversations/{conversationId}/business-messages/{sequence}", BUSINESS_WRITE),
  DELETE_AS_BUSINESS(
      DELETE, "/v1/conversations/{conversationId}/business-messages/{sequence}", BUSINESS_WRITE),
  LIST_BUSINESS_PRESSES(
      GET,
      "/v1/conversations/{conversationId}/business-messages/{sequence}/presses",
      BUSINESS_READ),
  IMPORT_GROUP(POST, "/v1/conversations/import", HISTORY_IMPORT),
  IMPORT_MESSAGES(POST, "/v1/conversations/{conversationId}/import", HISTORY_IMPORT),
  LIST_SESSIONS(GET, "/v1/users/{userId}/sessions", SESSIONS_READ),
  LIST_DEVICES(GET, "/v1/users/{userId}/devices", SESSIONS_READ),
  REGISTER_DEVICE(PUT, "/v1/users/{userId}/devices/{deviceId}", SESSIONS_WRITE),
  FORGET_DEVICE(DELETE, "/v1/users/{userId}/devices/{deviceId}", SESSIONS_WRITE),
  DISCONNECT_USER(POST, "/v1/users/{userId}/disconnect", SESSIONS_WRITE),
  REVOKE_TOKENS(POST, "/v1/users/{userId}/tokens/revoke", SESSIONS_WRITE),
  REVOKE_TOKEN(POST, "/v1/tokens/revoke", SESSIONS_WRITE),
  ISSUE_TOKEN(POST, "/v1/users/{userId}/tokens", TOKENS_ISSUE),
  ERASE_CONVERSATION(POST, "/v1/conversations/{conversationId}/erase", CONVERSATIONS_ERASE),
  MODERATE_CONVERSATION(
      PATCH, "/v1/moderation/conversations/{conversationId}", CONVERSATIONS_MODERATE),
  MODERATE_MESSAGE(
      DELETE,
      "/v1/moderation/conversations/{conversationId}/messages/{sequence}",
      CONVERSATIONS_MODERATE),
  MODERATE_ROLE(
      PUT,
      "/v1/moderation/conversations/{conversationId}/members/{userId}/role",
      CONVERSATIONS_MODERATE),
  LIST_RULES(GET, "/v1/moderation/rules", MODERATION_READ),
  PUT_RULE(PUT, "/v1/moderation/rules/{ruleId}", MODERATION_WRITE),
  DELETE_RULE(DELETE, "/v1/moderation/rules/{ruleId}", MODERATION_WRITE),
  LIST_FLAGGED(GET, "/v1/moderation/flagged", MODERATION_READ),
  DISMISS_FLAGGED(DELETE, "/v1/moderation/flagged/{number}", MODERATION_WRITE),
  READ_AUDIT(GET, "/v1/audit", AUDIT_READ);

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private final String id;
  private final HttpMethod method;
  private final String path;
  private final Scope scope;
  private final FrameCase asks;

  // Called as the constant is: ADD_MEMBERS is addMembers.
  Operation(HttpMethod method, String path, Scope scope, FrameCase asks) {
    this.id =
        Pattern.compile("_(.)")
            .matcher(name().toLowerCase(Locale.ROOT))
            .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    this.method = method;
    this.path = path;
    this.scope = scope;
    this.asks = asks;
  }

  // The backend's alone.
  Operation(HttpMethod method, String path, Scope scope) {
    this(method, path, scope, FRAME_NOT_SET);
  }

  /// Its name in the OpenAPI file, in metrics and in the audit.
  String id() {
    return id;
  }

  HttpMethod method() {
    return method;
  }

  /// Its path as the OpenAPI file writes it.
  String path() {
    return path;
  }

  /// Its path as Vert.x's router writes it.
  String route() {
    return VARIABLE.matcher(path).replaceAll(":$1");
  }

  /// The names of its path's variables, in the path's order.
  List<String> variables() {
    return VARIABLE.matcher(path).results().map(it -> it.group(1)).toList();
  }

  /// What a key must hold to ask for it.
  Scope scope() {
    return scope;
  }

  /// The request that it hands on.
  FrameCase asks() {
    return asks;
  }

  /// Whether a user asks for it, or a key that acts for one; else it is the backend's alone.
  boolean isOfUsers() {
    return asks != FRAME_NOT_SET;
  }

  boolean isRead() {
    return method.equals(GET);
  }

  /// Whether its answers have an `ETag`, for those who ask again and again.
  boolean isPolled() {
    return isRead() && this != READ_AUDIT && !isStreamed();
  }

  /// Whether its answer is written while it is read, for however long that takes.
  boolean isStreamed() {
    return this == EXPORT_USER;
  }

  /// Whether a backend asks for it all day and it harms nobody: the audit forgets it first.
  boolean isHarmless() {
    return switch (this) {
      case EXPORT_USER, READ_AUDIT, LIST_REPORTS -> false;
      case SEND_MESSAGE, SEND_AS_BUSINESS, FORWARD_MESSAGE, SET_REACTION, PRESS_BUTTON -> true;
      case MARK_READ, MARK_UNREAD, SAVE_DRAFT, REPORT_PUSH -> true;
      default -> isRead();
    };
  }

  /// Whether its body holds many things, and may be as large as that takes.
  boolean isBulk() {
    return this == IMPORT_GROUP || this == IMPORT_MESSAGES;
  }

  /// Whether it heeds `Idempotency-Key`. Messages, their edits, presses and reports have ids of
  /// their own, for as long as they live, and an imported group its key; of what is told of a push
  /// the first counts anyway; a token that was issued must not be kept.
  boolean takesIdempotencyKey() {
    return switch (this) {
      case SEND_MESSAGE, EDIT_MESSAGE, FORWARD_MESSAGE, PRESS_BUTTON, REPORT -> false;
      case REPORT_PUSH -> false;
      case SEND_AS_BUSINESS, EDIT_AS_BUSINESS, IMPORT_GROUP, IMPORT_MESSAGES, ISSUE_TOKEN -> false;
      default -> !isRead();
    };
  }
}
