// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.audit;

import java.time.Instant;
import java.util.regex.Pattern;

/// One call of an API key. Texts are empty where there are none.
///
/// @param number its place in the order; 0 before it is stored
/// @param actsFor the user in whose name the key acted or wanted to, 128 characters at most; empty
///     also for what can't be a user
/// @param subject the ids in the path with a slash between them, 128 characters at most; empty also
///     where one of them can't be an id
/// @param status the HTTP status that the key was answered with
public record AuditEntry(
    long number,
    Instant at,
    String keyId,
    String actsFor,
    String operation,
    String subject,
    int status) {
  private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_.@/-]{0,128}");

  /// A call that was answered just now.
  public static AuditEntry of(
      String keyId, String actsFor, String operation, String subject, int status) {
    return new AuditEntry(0, Instant.now(), keyId, ids(actsFor), operation, ids(subject), status);
  }

  // What was refused may hold anything, which no erasure would find.
  private static String ids(String text) {
    return IDS.matcher(text).matches() ? text : "";
  }
}
