// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

import java.util.Set;
import tern.id.ConversationId;
import tern.id.ReportId;
import tern.id.UserId;

/// What somebody wants to report.
///
/// @param id the reporter's own for this report
/// @param grants what the reporter's access token lets them watch
/// @param text for the moderators, at most 1,000 characters
public record ReportDraft(
    ReportId id,
    UserId reporter,
    Set<String> grants,
    About about,
    ReportReason reason,
    String text) {
  /// Keeps its own copy.
  public ReportDraft {
    grants = Set.copyOf(grants);
  }

  /// What it is about.
  public sealed interface About {
    /// A person.
    record OfUser(UserId user) implements About {}

    /// A person who speaks in an OPEN conversation.
    record OfSpeaker(UserId user, ConversationId conversation) implements About {}

    /// A message.
    record OfMessage(ConversationId conversation, long sequence) implements About {}
  }
}
