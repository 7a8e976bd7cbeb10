// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

/// Why something is reported.
public enum ReportReason {
  /// Unwanted advertising.
  SPAM(1),
  /// Bullying, stalking.
  HARASSMENT(2),
  /// Against a group of people.
  HATE(3),
  /// Threats, glorified violence.
  VIOLENCE(4),
  /// Sexual content.
  SEXUAL(5),
  /// Somebody may harm themselves.
  SELF_HARM(6),
  /// Deceit for gain.
  FRAUD(7),
  /// As the text says.
  OTHER(8);

  private final int number;

  ReportReason(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ReportReason of(int number) {
    return values()[number - 1];
  }
}
