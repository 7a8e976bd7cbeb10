// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.audit;

import java.time.Instant;

/// One call of an API key. Texts are empty where there are none.
///
/// @param number its place in the order; 0 before it is stored
/// @param actsFor the user in whose name the key acted
/// @param subject the ids in the path with a slash between them, 128 characters at most
/// @param status the HTTP status that the key was answered with
public record AuditEntry(
    long number,
    Instant at,
    String keyId,
    String actsFor,
    String operation,
    String subject,
    int status) {
  private static final int MAX_SUBJECT = 128;

  /// A call that was answered just now.
  public static AuditEntry of(
      String keyId, String actsFor, String operation, String subject, int status) {
    // What stands in a path that was refused may be anything.
    String known = subject.substring(0, Math.min(MAX_SUBJECT, subject.length())).replace('\0', '?');
    return new AuditEntry(0, Instant.now(), keyId, actsFor, operation, known, status);
  }
}
