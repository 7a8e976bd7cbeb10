// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

/// What became of a report; the order is that of report_v1.
public enum ReportResult {
  /// It is kept.
  KEPT,
  /// It was kept before.
  REPEAT,
  /// There is no such user or message, or none that the reporter may see.
  NOT_FOUND,
  /// The same id stands for another report of the same reporter.
  CONFLICT,
  /// As many reports of the reporter are open as may be.
  TOO_MANY,
  /// It is the reporter's own message.
  OWN;

  static ReportResult of(int status) {
    return values()[status];
  }
}
