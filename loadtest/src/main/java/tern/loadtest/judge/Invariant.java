// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Locale;

/// What must hold of every history, each with the sentence that the report prints.
public enum Invariant {
  /// Accepted, and gone.
  LOST("every accepted message and change is in the store"),
  /// Kept twice.
  DUPLICATED("nothing is done twice, however often it was sent"),
  /// A hole, in the store or in what a client was shown.
  GAPS("no number is missing: in the store, in a live stream, in a page"),
  /// Another order than the one order.
  DISORDERED("all see one order, the order of acceptance"),
  /// Another state than the store's.
  DIVERGED("what each client has is what the store holds for it"),
  /// Seen or done by somebody who may not.
  LEAKED("nobody sees or does what is not theirs"),
  /// Unread, markers, badge or list differ from the model.
  MISCOUNTED("inbox, unread counts and markers equal the model"),
  /// A reset without a reason.
  RESETS("no reset without a reason"),
  /// Told before it was kept.
  UNCOMMITTED("nothing is told that the store does not hold by then"),
  /// No answer, or a refusal without a reason.
  REFUSED("every request gets the answer it is owed"),
  /// Too much came only by catch-up.
  LATE("without faults at least 99 % arrive live"),
  /// More groups than fsyncs can explain.
  UNSYNCED("groups committed <= writers x fsyncs, and fsync is on at every start"),
  /// Neither acknowledged nor pushed.
  PUSH_MISSING("what a phone has not acknowledged, nor its user read, is pushed in time"),
  /// A push for nothing.
  PUSH_WRONG("nobody is pushed what they know, do not want or may not see"),
  /// More repeated than kills explain.
  PUSH_REPEATED("repeated pushes <= pushes and acknowledgements that kills cut off"),
  /// Work left.
  UNSETTLED("30 s after the end nothing is left to settle or to push");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  /// The promise in words.
  public String sentence() {
    return sentence;
  }

  /// Its key in the JSON report.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
