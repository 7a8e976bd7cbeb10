// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.ledger.PushPlace;
import tern.push.reporting.PushReport;
import tern.push.reporting.PushReports;
import tern.store.Database;
import tern.store.TestPostgres;

/// How many reports wait to be kept.
class PushReportsTest {
  private static final int MOST = 10_000;
  private static final PushReport REPORT =
      new PushReport(
          new PushPlace(
              new UserId("bob"), new DeviceId("phone"), new ConversationId(UUID.randomUUID())),
          1,
          PushReport.Event.RECEIVED,
          Instant.EPOCH);

  @AutoClose private final Database database = new Database(TestPostgres.newMigratedDatabase());

  @Test
  void whatIsMoreThanMayWaitIsRefusedUntilThereIsRoom() {
    try (PushReports reports = new PushReports(database, PushMetrics.NONE, Clock.systemUTC())) {
      for (int i = 0; i < MOST; i++) {
        assertThat(reports.take(REPORT)).isTrue();
      }
      assertThat(reports.take(REPORT)).isFalse();

      reports.start();
      Eventually.holds("room again", Duration.ofSeconds(10), () -> reports.take(REPORT));
    }
  }
}
