// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// One thing that a phone with a push registration did or saw; times are nanoseconds since the run
/// began. A request's number is its own in the whole run.
public sealed interface PhoneSeen {
  /// When.
  long at();

  /// Says hello, and whether the person looks.
  record Greeted(long at, boolean looking) implements PhoneSeen {}

  /// Is welcome.
  record Came(long at) implements PhoneSeen {}

  /// Its socket has ended.
  record Gone(long at) implements PhoneSeen {}

  /// Asks for something.
  record Asked(long at, long request, PhoneWish wish) implements PhoneSeen {}

  /// It was done.
  record Answered(long at, long request) implements PhoneSeen {}

  /// Knows of everything up to a sequence; has no answer.
  record Acknowledged(long at, String conversation, long sequence) implements PhoneSeen {}
}
