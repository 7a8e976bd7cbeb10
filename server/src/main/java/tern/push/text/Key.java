// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What can be said in a push: the keys of a template file, and what each may hold in braces. Where
/// no sender is to be told there is no place for one.
enum Key {
  NEW(true),
  IN(true),
  SUMMARY(false),
  FROM(false),
  MENTION(false),
  MENTION_TEXT(false),
  SAID(false),
  SEVERAL(false),
  PHOTO(true),
  VIDEO(true),
  AUDIO(true),
  FILE(true),
  ATTACHMENT(true);

  private final boolean isCounted;

  Key(boolean isCounted) {
    this.isCounted = isCounted;
  }

  /// As a template file writes it.
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// What may stand in its braces.
  Set<String> holds() {
    return switch (this) {
      case NEW, IN, PHOTO, VIDEO, AUDIO, FILE, ATTACHMENT -> Set.of("count");
      case SUMMARY -> Set.of("messages", "conversations");
      case FROM, MENTION -> Set.of("sender");
      case MENTION_TEXT, SAID -> Set.of("sender", "text");
      case SEVERAL -> Set.of("name", "count");
    };
  }

  /// What a language can't do without, in a file that stands for itself.
  List<String> needed() {
    return isCounted ? List.of(text(), text() + Plural.OTHER.ending()) : List.of(text());
  }

  /// The key that this line of a template file is for.
  static Optional<Key> of(String line) {
    return Arrays.stream(values()).filter(it -> it.isWrittenAs(line)).findFirst();
  }

  private boolean isWrittenAs(String line) {
    return line.equals(text())
        || (isCounted
            && Arrays.stream(Plural.values()).anyMatch(it -> line.equals(text() + it.ending())));
  }
}
