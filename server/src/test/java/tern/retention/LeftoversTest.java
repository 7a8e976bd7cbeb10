// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.TestSql;
import tern.store.Database;

/// Rows that nobody needs any more go, and those beside them stay.
@Tag("slow")
final class LeftoversTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static void remove(Duration reports) {
    new Leftovers(DATABASE, keeping(reports), () -> false).remove();
  }

  private static RetentionConfig keeping(Duration reports) {
    Duration none = Duration.ZERO;
    return new RetentionConfig(none, none, none, none, reports, Duration.ofMinutes(1));
  }

  private static void invitation(String end) {
    SQL.run(
        """
        insert into invitation (id, conversation_id, token_hash, created_by, created_at,
            expires_at, max_uses)
          values (gen_random_uuid(), gen_random_uuid(), convert_to(?, 'UTF8'), 'alice', now(),
            now() + ?::interval, 0)
        """,
        end,
        end);
  }

  @Test
  void aNodeThatClosesTakesNoFurtherStep() {
    invitation("-2 minutes");

    new Leftovers(DATABASE, keeping(Duration.ZERO), () -> true).remove();

    assertThat(SQL.number("select count(*) from invitation where expires_at < now()")).isPositive();
    remove(Duration.ZERO);
  }

  @Test
  void anInvitationThatHasEndedGoes() {
    invitation("-1 minute");
    invitation("1 minute");

    remove(Duration.ZERO);

    assertThat(SQL.number("select count(*) from invitation where expires_at < now()")).isZero();
    assertThat(SQL.number("select count(*) from invitation")).isEqualTo(1);
  }

  private static void watcher(String user, String columns, String values) {
    SQL.run(
        "insert into watcher (conversation_id, user_id, "
            + columns
            + ") values (gen_random_uuid(), ?, "
            + values
            + ")",
        user);
  }

  @Test
  void whatWasKeptOfAWatcherGoesOnceNothingAsksForIt() {
    watcher("posted long ago", "posted_at", "now() - interval '25 hours'");
    watcher("muted until then", "muted_until", "now() - interval '1 minute'");
    watcher("unlisted long ago", "unlisted_at", "now() - interval '25 hours'");
    watcher("posted today", "posted_at", "now() - interval '23 hours'");
    watcher("muted", "muted_until, posted_at", "'infinity', now() - interval '25 hours'");
    watcher("listed", "listed, posted_at", "true, now() - interval '25 hours'");
    watcher("just unlisted", "unlisted_at", "now()");
    watcher("heard long ago", "posted_at", "now() - interval '25 hours'");
    SQL.run(
        """
        insert into message (conversation_id, sequence, revision, created_at, content_hash, sender,
          client_message_id, countable_through, body)
        select conversation_id, 1, 1, posted_at, 0, user_id, gen_random_uuid(), 0, ''
        from watcher where user_id = 'heard long ago'
        """);

    remove(Duration.ZERO);

    assertThat(SQL.number("select count(*) from watcher")).isEqualTo(5);
    assertThat(
            SQL.number(
                "select count(*) from watcher"
                    + " where user_id in ('posted today', 'muted', 'listed', 'just unlisted',"
                    + " 'heard long ago')"))
        .isEqualTo(5);
  }

  @Test
  void aClosedReportGoesWhenTheAppWantsItAndAnOpenOneStays() {
    for (String closed : List.of("now() - interval '2 days'", "now()", "null")) {
      SQL.run(
          """
          insert into report (report_id, reporter, subject, reason, text, at, closed_at, outcome)
            select gen_random_uuid(), 'alice', 'bob', 1, 'a text', now() - interval '9 days', c,
              case when c is not null then 2 end from (select ("""
              + closed
              + ")::timestamptz c) x");
    }

    remove(Duration.ZERO);
    assertThat(SQL.number("select count(*) from report")).isEqualTo(3);

    remove(Duration.ofDays(1));

    assertThat(SQL.number("select count(*) from report where closed_at is null")).isEqualTo(1);
    assertThat(SQL.number("select count(*) from report")).isEqualTo(2);
  }
}
