// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.text;

/// How what somebody gave is told in the error about it.
public final class Shown {
  private static final int MOST = 40;

  private Shown() {}

  /// In quotation marks, controls as question marks; of a long one only its length.
  public static String of(String given) {
    return given.length() > MOST
        ? given.length() + " characters"
        : '"' + given.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
