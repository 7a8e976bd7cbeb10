// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.TestSql;
import tern.auth.key.ApiKeys;
import tern.store.Database;

/// What the audit forgets, and in which order.
@Tag("slow")
final class AuditLogTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static void call(long number, String operation, int daysAgo) {
    SQL.run(
        """
        insert into api_audit (no, at, key_id, acts_for, operation, subject, status)
        overriding system value
        values (?, now() - make_interval(days => ?), 'k', '', ?, '', 200)
        """,
        number,
        daysAgo,
        operation);
  }

  private static AuditLog log() {
    return new AuditLog(
        DATABASE, new ApiKeys(DATABASE), Set.of("sendMessage"), new SimpleMeterRegistry());
  }

  @Test
  void aBusyHourPushesOutReadsAndMessagesAndNoBan() {
    call(1, "banUser", 1);
    call(2_000_001, "banUser", 89);
    call(2_000_002, "sendMessage", 1);
    call(2_000_003, "banUser", 91);
    call(11_999_999, "sendMessage", 0);
    call(12_000_000, "banUser", 0);

    try (AuditLog log = log()) {
      log.prune();

      List<Long> kept = log.read("k", Long.MAX_VALUE, 10).stream().map(AuditEntry::number).toList();
      assertThat(kept).containsExactly(12_000_000L, 11_999_999L, 2_000_001L);
    }
  }

  private static AuditEntry entry(String actsFor, String subject) {
    return AuditEntry.of("naming", actsFor, "muteMember", subject, 200);
  }

  // It waited in memory while they were erased.
  @Test
  void whatIsWrittenLateNamesNobodyWhoWasErasedSince() {
    AuditEntry ofTheirs = entry("gone", "room/gone");
    AuditEntry ofOthers = entry("alice", "room/bob");
    SQL.run("insert into erased_user values (erased_hash_v1('gone'), clock_timestamp())");

    try (AuditLog log = log()) {
      log.note(ofTheirs);
      log.note(ofOthers);
    }

    assertThat(SQL.number("select count(*) from api_audit where key_id = 'naming'")).isEqualTo(2);
    assertThat(SQL.number("select count(*) from api_audit where api_audit::text like '%gone%'"))
        .isZero();
    assertThat(
            SQL.number(
                "select count(*) from api_audit where acts_for = 'alice' and subject = 'room/bob'"))
        .isEqualTo(1);
  }

  @Test
  void whatIsNoIdIsNotKept() {
    AuditEntry entry = entry("a text, and no user", "room/%00");

    assertThat(entry.actsFor()).isEmpty();
    assertThat(entry.subject()).isEmpty();
  }
}
