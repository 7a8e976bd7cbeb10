// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.reporting;

import static tern.push.ledger.TargetTable.array;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Keeps what devices tell of their pushes, in the store; see V028.
final class ReportTable {
  private ReportTable() {}

  /// A report that is about a push.
  ///
  /// @param kind of the registration, see [tern.device.PushRegistration#kind]; 0: it has none now
  /// @param isFirst whether nobody had told this before
  record Kept(PushReport report, int kind, boolean isFirst) {}

  /// Keeps those that are about a push; answers them.
  ///
  /// @param now by this node's clock, as the reports' times are
  static List<Kept> keep(Connection connection, List<PushReport> reports, Instant now)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from report_pushes_v1(?, ?, ?, ?, ?, ?)")) {
      call.setArray(1, array(connection, "text", reports, it -> it.place().user().value()));
      call.setArray(2, array(connection, "text", reports, it -> it.place().device().value()));
      call.setArray(3, array(connection, "uuid", reports, it -> it.place().conversation().value()));
      call.setArray(4, array(connection, "bigint", reports, PushReport::sequence));
      call.setArray(5, array(connection, "smallint", reports, it -> it.event().number()));
      call.setArray(6, array(connection, "bigint", reports, it -> age(it, now)));
      List<Kept> kept = new ArrayList<>();
      try (ResultSet row = call.executeQuery()) {
        while (row.next()) {
          kept.add(new Kept(reports.get(row.getInt(1) - 1), row.getInt(2), row.getBoolean(3)));
        }
      }
      return kept;
    }
  }

  private static long age(PushReport report, Instant now) {
    return Math.max(0, Duration.between(report.at(), now).toMillis());
  }
}
