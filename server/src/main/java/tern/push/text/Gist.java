// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

/// What of a message's content may be told in a line.
public sealed interface Gist {
  /// Words: a text's, or a card's title.
  record Words(String text) implements Gist {
    @Override
    public String toString() {
      return "Words[[REDACTED]]";
    }
  }

  /// Files, counted by their kind, and what was written beside them.
  ///
  /// @param files those that are neither pictures nor videos nor sound
  /// @param caption empty: none
  record Files(int photos, int videos, int audios, int files, String caption) implements Gist {
    /// Refuses a negative count.
    public Files {
      if (Math.min(Math.min(photos, videos), Math.min(audios, files)) < 0) {
        throw new IllegalArgumentException("files: a negative count (expected: >= 0)");
      }
    }

    int count() {
      return photos + videos + audios + files;
    }

    @Override
    public String toString() {
      return "Files[" + count() + ", [REDACTED]]";
    }
  }

  /// Nothing that Tern can put into words, such as an app's own content.
  record Unspoken() implements Gist {}

  /// Nobody here can read it: a push about it tells no more than that there is a message.
  record Sealed() implements Gist {}
}
