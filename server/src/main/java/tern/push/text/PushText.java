// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

/// What a banner says.
///
/// @param title at most 200 characters; empty: the device shows the app's name
/// @param text at most 1,000 characters
public record PushText(String title, String text) {
  static final int MAX_TITLE = 200;
  static final int MAX_TEXT = 1_000;

  /// Cuts what is longer.
  public PushText {
    title = Clean.cut(title, MAX_TITLE);
    text = Clean.cut(text, MAX_TEXT);
  }

  @Override
  public String toString() {
    return "PushText[[REDACTED]]";
  }
}
