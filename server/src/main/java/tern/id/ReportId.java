// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import java.util.UUID;

/// The id that a reporter chose for a report; makes a repeat harmless. Its text is the same
/// everywhere: a UUID's 36 characters.
public record ReportId(UUID value) {
  /// Reads the text form; throws `IllegalArgumentException` for any other text.
  public static ReportId parse(String text) {
    return new ReportId(UuidText.parse("report id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
