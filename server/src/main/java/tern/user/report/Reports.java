// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;
import tern.store.Database;
import tern.user.report.QueuedReport.Outcome;

/// The queue of reports: users add, moderators read, close and erase. Blocks; for virtual threads.
public final class Reports {
  /// Open reports of one reporter.
  public static final int MAX_OPEN = 100;

  private final Database database;

  /// Works on this database.
  public Reports(Database database) {
    this.database = database;
  }

  /// Keeps a report, with a copy of the message that it is about; may be called twice.
  public ReportResult add(ReportDraft draft) {
    return database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select report_v1(?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            call.setObject(1, draft.id().value());
            call.setString(2, draft.reporter().value());
            call.setArray(3, connection.createArrayOf("text", draft.grants().toArray()));
            setAbout(call, draft.about());
            call.setShort(7, (short) draft.reason().number());
            call.setString(8, draft.text());
            call.setInt(9, MAX_OPEN);
            try (ResultSet row = call.executeQuery()) {
              row.next();
              return ReportResult.of(row.getInt(1));
            }
          }
        });
  }

  private static void setAbout(PreparedStatement call, ReportDraft.About about)
      throws SQLException {
    @Nullable String user = null;
    @Nullable Object conversation = null;
    @Nullable Long sequence = null;
    switch (about) {
      case ReportDraft.About.OfUser it -> user = it.user().value();
      case ReportDraft.About.OfSpeaker it -> {
        user = it.user().value();
        conversation = it.conversation().value();
      }
      case ReportDraft.About.OfMessage it -> {
        conversation = it.conversation().value();
        sequence = it.sequence();
      }
    }
    call.setString(4, user);
    call.setObject(5, conversation, java.sql.Types.OTHER);
    call.setObject(6, sequence, java.sql.Types.BIGINT);
  }

  /// Open or closed reports before the one with the number `before`, the newest first; only those
  /// about `subject`, if it is given.
  public List<QueuedReport> list(boolean open, Optional<UserId> subject, long before, int limit) {
    String state = open ? " and closed_at is null" : " and closed_at is not null";
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select * from report where no < ?"
                      + state
                      + (subject.isPresent() ? " and subject = ?" : "")
                      + " order by no desc limit "
                      + limit)) {
            select.setLong(1, before);
            if (subject.isPresent()) {
              select.setString(2, subject.get().value());
            }
            return read(select);
          }
        });
  }

  private static List<QueuedReport> read(PreparedStatement statement) throws SQLException {
    List<QueuedReport> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(QueuedReport.read(row));
      }
    }
    return found;
  }

  /// Closes a report, unless it is closed; returns it as it stands then. Empty when there is none.
  public Optional<QueuedReport> close(long number, Outcome outcome, String note) {
    return database.transaction(
        connection -> {
          try (PreparedStatement update =
                  connection.prepareStatement(
                      """
                      update report set closed_at = clock_timestamp(), outcome = ?, note = ?
                      where no = ? and closed_at is null
                      """);
              PreparedStatement select =
                  connection.prepareStatement("select * from report where no = ?")) {
            update.setInt(1, outcome.number());
            update.setString(2, note);
            update.setLong(3, number);
            update.executeUpdate();
            select.setLong(1, number);
            return read(select).stream().findFirst();
          }
        });
  }

  /// Erases a report, and the copy with it; returns whether there was one.
  public boolean erase(long number) {
    return database.run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from report where no = ?")) {
            delete.setLong(1, number);
            return delete.executeUpdate() == 1;
          }
        });
  }
}
