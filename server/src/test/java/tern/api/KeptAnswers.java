// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import tern.TestSql;

/// Writes under an `Idempotency-Key` whose answers hold what people wrote: a repeat would be given
/// the same, so they are a place where it could outlive its erasure.
final class KeptAnswers {
  private KeptAnswers() {}

  /// Leaves answers about the first of these users, to the backend and to both of them.
  ///
  /// @param text that each of the answers holds
  /// @param room where the first has written it
  static void leave(
      RestClient backend, TestSql sql, List<String> users, String text, String room) {
    String user = users.getFirst();
    String path = "/v1/users/" + user;
    ask(backend, "name", "PUT", path, new JsonObject().put("name", text));
    ask(backend, "ban", "POST", path + "/ban", new JsonObject().put("reason", text));
    ask(backend, "unban", "POST", path + "/unban", new JsonObject());
    JsonArray reports = json(backend.get("/v1/reports?userId=" + user)).getJsonArray("reports");
    assertThat(reports).hasSize(2);
    JsonObject closing = new JsonObject().put("outcome", "ACTED").put("note", text);
    for (int i = 0; i < reports.size(); i++) {
      String number = reports.getJsonObject(i).getString("number");
      ask(backend, "close-" + number, "POST", "/v1/reports/" + number + "/close", closing);
    }
    long first =
        sql.number(
            "select min(sequence) from message where conversation_id = ?::uuid and sender = ?",
            room,
            user);
    String conversation = "/v1/conversations/" + room;
    String pin = conversation + "/messages/" + first + "/pin";
    for (String who : users) {
      RestClient self = backend.with("Tern-User", who);
      assertThat(ask(self, "pin", "PUT", pin, new JsonObject().put("pinned", true))).contains(text);
    }
    RestClient self = backend.with("Tern-User", user);
    JsonObject draft = new JsonObject().put("text", text);
    ask(self, "draft", "PUT", conversation + "/draft", draft);
  }

  private static String ask(
      RestClient client, String key, String method, String path, JsonObject body) {
    String sent = body.isEmpty() ? "" : body.encode();
    return client.with("Idempotency-Key", key).ask(method, path, sent).body();
  }
}
