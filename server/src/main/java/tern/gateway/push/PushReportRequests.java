// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.push;

import java.time.Clock;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.ledger.PushPlace;
import tern.push.reporting.PushReport;
import tern.push.reporting.PushReports;
import tern.v1.PushReported;
import tern.v1.ReportPush;
import tern.v1.ServerFrame;

/// What devices tell of their pushes. Never blocks.
public final class PushReportRequests {
  private final PushReports reports;
  private final Clock clock;

  /// Hands on to these.
  public PushReportRequests(PushReports reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  /// Takes it for the user's device that it names, and answers alike whatever it is about. Throws
  /// [RequestRefused] for what can't be, and while too many others are being kept.
  public ServerFrame.Builder report(UserId user, ReportPush it) {
    DeviceId device = FromWire.checked(DeviceId::new, it.getDeviceId());
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    PushReport report =
        new PushReport(
            new PushPlace(user, device, conversation),
            FromWire.sequence("sequence", it.getSequence()),
            event(it),
            clock.instant());
    if (!reports.take(report)) {
      throw RequestRefused.unavailable();
    }
    return ServerFrame.newBuilder().setPushReported(PushReported.getDefaultInstance());
  }

  private static PushReport.Event event(ReportPush it) {
    return switch (it.getEvent()) {
      case PUSH_EVENT_RECEIVED -> PushReport.Event.RECEIVED;
      case PUSH_EVENT_OPENED -> PushReport.Event.OPENED;
      case PUSH_EVENT_UNSPECIFIED, UNRECOGNIZED ->
          throw RequestRefused.invalid("event: not known (expected: received or opened)");
    };
  }
}
