// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

/// The bounds of a page.
final class Page {
  /// Entries at most.
  static final int MAX_ENTRIES = 100;

  /// Entries of the page with which a conversation is opened.
  static final int NEWEST = 50;

  /// Bytes at most, save that one entry always fits.
  static final int MAX_BYTES = 256 * 1024;

  private Page() {}
}
