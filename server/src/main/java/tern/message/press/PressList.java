// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

import java.util.List;

/// What is read of a card's presses.
public sealed interface PressList {
  /// A page.
  ///
  /// @param presses ascending by number
  /// @param hasAfter whether more follow
  record Page(List<Press> presses, boolean hasAfter) implements PressList {
    /// Keeps its own copy.
    public Page {
      presses = List.copyOf(presses);
    }
  }

  /// Nothing may be read.
  enum Refused implements PressList {
    /// No such message, or none that the reader may see.
    NOT_FOUND,
    /// The card is another's.
    FORBIDDEN
  }
}
