// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import tern.gateway.request.Asker;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.ReportId;
import tern.id.UserId;
import tern.user.report.ReportDraft;
import tern.user.report.ReportDraft.About;
import tern.user.report.ReportReason;
import tern.user.report.ReportResult;
import tern.user.report.Reports;
import tern.v1.ErrorCode;
import tern.v1.Report;
import tern.v1.Reported;
import tern.v1.ServerFrame;

/// Takes users' reports. Blocks; for virtual threads.
public final class ReportRequests {
  private static final int MAX_TEXT = 1_000;

  private final Reports reports;

  /// Adds to this queue.
  public ReportRequests(Reports reports) {
    this.reports = reports;
  }

  ServerFrame.Builder add(Asker asker, Report it) {
    ReportDraft draft =
        new ReportDraft(
            FromWire.checked(ReportId::parse, it.getReportId()),
            asker.user(),
            asker.grants(),
            about(asker.user(), it),
            reason(it.getReason()),
            FromWire.bounded("text", it.getText(), 0, MAX_TEXT));
    ReportResult result = reports.add(draft);
    return switch (result) {
      case KEPT, REPEAT ->
          ServerFrame.newBuilder()
              .setReported(
                  Reported.newBuilder()
                      .setReportId(draft.id().toString())
                      .setDuplicate(result == ReportResult.REPEAT));
      case NOT_FOUND -> throw notFound(draft.about());
      case CONFLICT ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              "report_id: taken by another report (expected: a new one for each report)");
      case TOO_MANY ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "open reports (expected: at most " + Reports.MAX_OPEN + ")");
      case OWN -> throw RequestRefused.invalid("sequence: one's own message (expected: another's)");
    };
  }

  private static About about(UserId user, Report it) {
    boolean isOfUser = !it.getUserId().isEmpty();
    boolean isOfMessage = it.getSequence() != 0;
    boolean isThere = !it.getConversationId().isEmpty();
    if (isOfUser == isOfMessage || (isOfMessage && !isThere)) {
      throw RequestRefused.invalid(
          "report: of nothing, or of several (expected: a user_id, with a conversation_id or"
              + " without, or a conversation_id and sequence)");
    }
    if (isOfMessage) {
      ConversationId conversation = FromWire.conversation(it.getConversationId());
      return new About.OfMessage(conversation, FromWire.sequence("sequence", it.getSequence()));
    }
    UserId subject = FromWire.user(it.getUserId());
    if (subject.equals(user)) {
      throw RequestRefused.invalid("user_id: one's own (expected: another user's)");
    }
    return isThere
        ? new About.OfSpeaker(subject, FromWire.conversation(it.getConversationId()))
        : new About.OfUser(subject);
  }

  private static RequestRefused notFound(About about) {
    return switch (about) {
      case About.OfMessage _, About.OfSpeaker _ -> RequestRefused.noConversation();
      case About.OfUser _ ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_NOT_FOUND,
              "no such user, or none with whom you share a conversation");
    };
  }

  private static ReportReason reason(tern.v1.ReportReason reason) {
    return switch (reason) {
      case REPORT_REASON_SPAM -> ReportReason.SPAM;
      case REPORT_REASON_HARASSMENT -> ReportReason.HARASSMENT;
      case REPORT_REASON_HATE -> ReportReason.HATE;
      case REPORT_REASON_VIOLENCE -> ReportReason.VIOLENCE;
      case REPORT_REASON_SEXUAL -> ReportReason.SEXUAL;
      case REPORT_REASON_SELF_HARM -> ReportReason.SELF_HARM;
      case REPORT_REASON_FRAUD -> ReportReason.FRAUD;
      // A reason of a newer client's is none of these.
      case REPORT_REASON_OTHER, UNRECOGNIZED -> ReportReason.OTHER;
      case REPORT_REASON_UNSPECIFIED ->
          throw RequestRefused.invalid("reason: missing (expected: why it is reported)");
    };
  }
}
