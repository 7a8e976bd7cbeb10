// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.export;

/// An answer that is written while it is read, a JSON object a line.
public interface Lines {
  /// No such answer.
  Lines NONE = _ -> {};

  /// Writes all lines, once. Blocks; whatever it throws cuts the answer off.
  void writeTo(Sink sink);

  /// Takes the lines.
  interface Sink {
    /// Takes one; blocks while the reader is slower.
    void line(String json);
  }
}
