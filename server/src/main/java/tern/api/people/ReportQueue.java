// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import tern.api.page.NumberedPage;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.socket.FrameCodec;
import tern.id.UserId;
import tern.store.Database;
import tern.user.report.QueuedReport;
import tern.user.report.QueuedReport.Closing;
import tern.user.report.QueuedReport.Outcome;
import tern.user.report.QueuedReport.Snapshot;
import tern.user.report.Reports;
import tern.v1.ErrorCode;
import tern.v1.Message;

/// The queue of reports, for moderators. Blocks; for virtual threads.
public final class ReportQueue {
  private static final int MAX_NOTE = 1_000;

  private final Reports reports;

  /// Works on this database.
  public ReportQueue(Database database) {
    this.reports = new Reports(database);
  }

  /// A page of open or closed reports, the newest first.
  ///
  /// @param userId of whom they are; empty for everybody
  /// @param page as the page before told it; empty for the first
  public JsonObject list(boolean open, String userId, String page, int limit) {
    Optional<UserId> subject =
        userId.isEmpty() ? Optional.empty() : Optional.of(FromWire.user(userId));
    List<QueuedReport> found = reports.list(open, subject, NumberedPage.before(page), limit);
    return NumberedPage.told("reports", found, limit, QueuedReport::number, ReportQueue::told);
  }

  /// Closes a report. One that is closed stays as it is: with another outcome that is refused.
  public JsonObject close(long number, String outcome, String note) {
    Outcome wanted = Outcome.valueOf(outcome);
    FromWire.bounded("note", note, 0, MAX_NOTE);
    QueuedReport closed = reports.close(number, wanted, note).orElseThrow(ReportQueue::none);
    if (closed.closing().filter(it -> it.outcome() == wanted).isEmpty()) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_CONFLICT, "report: closed with another outcome (expected: open)");
    }
    return told(closed);
  }

  /// Erases a report, and the copy of the message with it.
  public JsonObject erase(long number) {
    if (!reports.erase(number)) {
      throw none();
    }
    return new JsonObject();
  }

  private static RequestRefused none() {
    return RequestRefused.of(ErrorCode.ERROR_CODE_NOT_FOUND, "no such report");
  }

  private static JsonObject told(QueuedReport it) {
    JsonObject told =
        new JsonObject()
            .put("number", Long.toString(it.number()))
            .put("reporterId", it.reporter().value())
            .put("userId", it.subject().value())
            .put("reason", "REPORT_REASON_" + it.reason().name())
            .put("text", it.text())
            .put("atMs", Long.toString(it.at().toEpochMilli()))
            .put("outcome", it.closing().map(Closing::outcome).map(Outcome::name).orElse(""))
            .put("note", it.closing().map(Closing::note).orElse(""))
            .put(
                "closedAtMs",
                Long.toString(it.closing().map(closing -> closing.at().toEpochMilli()).orElse(0L)));
    it.conversation()
        .ifPresent(conversation -> told.put("conversationId", conversation.toString()));
    it.message().ifPresent(message -> told.put("message", message(it.subject(), message)));
    return told;
  }

  private static JsonObject message(UserId sender, Snapshot it) {
    try {
      return new JsonObject(
          FrameCodec.json(
              Message.newBuilder()
                  .mergeFrom(it.body())
                  .setSequence(it.sequence())
                  .setRevision(it.revision())
                  .setSenderId(sender.value())
                  .setCreatedAtMs(it.sentAt().toEpochMilli())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a reported message does not decode", e);
    }
  }
}
