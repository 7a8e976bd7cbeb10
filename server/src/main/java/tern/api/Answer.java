// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

/// What is written to the caller.
///
/// @param type of the body
/// @param tag of what a poller compares; empty for what is not polled
/// @param retryAfterMs 0 for none
/// @param isFinal whether the same request would be answered alike again
record Answer(int status, String type, String body, String tag, int retryAfterMs, boolean isFinal) {
  static final String JSON = "application/json";

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
