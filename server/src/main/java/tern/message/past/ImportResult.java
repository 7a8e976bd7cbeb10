// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.past;

import java.util.List;

/// What became of a batch of past messages: it is stored as a whole or not at all.
public sealed interface ImportResult {
  /// All of them stand.
  ///
  /// @param places of each message, in the batch's order
  record Imported(List<Place> places) implements ImportResult {
    /// Keeps its own copy.
    public Imported {
      places = List.copyOf(places);
    }
  }

  /// Where a message stands.
  ///
  /// @param duplicate whether it stood there before
  record Place(long sequence, boolean duplicate) {}

  /// There is no such conversation.
  record NoConversation() implements ImportResult {}

  /// Nothing was stored.
  ///
  /// @param index of the first message that can't be, from 0 on
  record Refused(int index, Reason reason) implements ImportResult {}

  /// Why a message can't be stored.
  enum Reason {
    /// Its id was used by the same sender for other content.
    OTHER_CONTENT,
    /// Beyond a limit of content.
    TOO_LARGE,
    /// Sent or edited later than now, by the database's clock.
    IN_THE_FUTURE,
    /// Sent before the newest message of the conversation.
    BEFORE_THE_NEWEST,
    /// Sent before one that comes before it in the batch.
    OUT_OF_ORDER,
    /// What it answers stands neither in the conversation nor before it in the batch.
    ANSWERS_NOTHING,
    /// Its sender was erased since, or is being erased.
    SENDER_ERASED
  }
}
