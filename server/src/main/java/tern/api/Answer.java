// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import tern.api.export.Lines;
import tern.api.export.ResponseLines;

/// What is written to the caller.
///
/// @param type of the body
/// @param tag of what a poller compares; empty for what is not polled
/// @param retryAfterMs 0 for none
/// @param isFinal whether the same request would be answered alike again
/// @param lines what is written instead of a body, while it is read
record Answer(
    int status,
    String type,
    String body,
    String tag,
    int retryAfterMs,
    boolean isFinal,
    Lines lines) {
  static final String JSON = "application/json";

  /// One that is written at once.
  Answer(int status, String type, String body, String tag, int retryAfterMs, boolean isFinal) {
    this(status, type, body, tag, retryAfterMs, isFinal, Lines.NONE);
  }

  /// The request is fulfilled while it is answered.
  static Answer of(Lines lines) {
    return new Answer(200, ResponseLines.TYPE, "", "", 0, false, lines);
  }

  /// Whether its lines have still to be read.
  boolean isStreamed() {
    return type.equals(ResponseLines.TYPE);
  }

  /// The request was fulfilled.
  static Answer of(int status, String json) {
    return new Answer(status, JSON, json, "", 0, true);
  }

  /// The same, for pollers.
  Answer taggedWith(String etag) {
    return new Answer(status, type, body, etag, retryAfterMs, isFinal);
  }

  /// The caller has it already.
  Answer notModified() {
    return new Answer(304, type, "", tag, 0, true);
  }
}
