// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

import tern.id.ConversationId;
import tern.id.ReportId;
import tern.id.UserId;

/// What somebody wants to report.
///
/// @param id the reporter's own for this report
/// @param text for the moderators, at most 1,000 characters
public record ReportDraft(
    ReportId id, UserId reporter, About about, ReportReason reason, String text) {
  /// What it is about.
  public sealed interface About {
    /// A person.
    record OfUser(UserId user) implements About {}

    /// A message.
    record OfMessage(ConversationId conversation, long sequence) implements About {}
  }
}
