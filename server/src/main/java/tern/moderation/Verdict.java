// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

/// What becomes of a candidate.
public sealed interface Verdict {
  /// It goes on.
  ///
  /// @param content what is to be stored; the candidate's own where nothing was changed
  record Passed(ModeratedContent content) implements Verdict {}

  /// It need not be judged, for it can't go on: its sender has nothing to send or to change there,
  /// or has done so already. Only as a repeat may it pass.
  record NotJudged() implements Verdict {}

  /// It is not sent.
  ///
  /// @param reason for the sender; may be empty
  record Refused(String reason) implements Verdict {}

  /// It can't be judged now: too many wait, or whoever must be asked is silent. It may be sent
  /// again.
  record Unavailable() implements Verdict {}
}
