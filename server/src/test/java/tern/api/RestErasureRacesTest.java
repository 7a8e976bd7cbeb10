// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.api.RestClient.json;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestNode;
import tern.TestSql;

/// What others write about somebody at the very moment at which their erasure ends.
@Tag("slow")
final class RestErasureRacesTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static String erase(String user) {
    JsonObject wish = new JsonObject().put("messages", "delete");
    JsonObject begun = json(BACKEND.post("/v1/users/" + user + "/erase", wish));
    return "/v1/erasures/" + begun.getString("erasureId");
  }

  private static boolean hasEnded(String erasure) {
    return !json(BACKEND.get(erasure)).getString("endedAtMs").equals("0");
  }

  private static boolean isWaitedForAudit() {
    return SQL.number(
            """
            select count(*) from pg_locks
            where relation = 'api_audit'::regclass and mode = 'ShareRowExclusiveLock' and not granted
            """)
        > 0;
  }

  @Test
  void auditThatIsJustBeingWrittenNamesNobodyInTheEnd() {
    String erasure;
    try (TestSql writer = TestSql.of(NODE).begin()) {
      writer.run(
          """
          insert into api_audit (at, key_id, acts_for, operation, subject, status)
          values (now(), 'writing', audited_id_v1('alice', now()), 'muteMember', 'room', 200)
          """);
      erasure = erase("alice");
      Eventually.holds(
          "it waits, or did not wait", PATIENCE, () -> isWaitedForAudit() || hasEnded(erasure));
      writer.commit();
    }

    Eventually.holds("erased", PATIENCE, () -> hasEnded(erasure));
    assertThat(SQL.number("select count(*) from api_audit where acts_for = 'alice'")).isZero();
    assertThat(SQL.number("select count(*) from api_audit where key_id = 'writing'")).isOne();
  }
}
