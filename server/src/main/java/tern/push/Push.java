// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tern.device.PushRegistration;
import tern.id.ConversationId;

/// One push to one device, rendered in its language; each sender puts it in its service's form.
///
/// @param conversation what it is about: newer pushes about the same one take its banner's place;
///     empty: a summary of several
/// @param sequence the newest message's that it tells of; 0 in a summary
/// @param badge unread messages of the user in all conversations, absolute
/// @param expiresAt by when it is of no use any more
public record Push(
    PushRegistration to,
    Optional<ConversationId> conversation,
    long sequence,
    int badge,
    Instant expiresAt,
    Payload payload) {

  /// What it does on the device.
  public sealed interface Payload {}

  /// Shows a banner.
  ///
  /// @param title at most 200 characters
  /// @param text at most 1,000 characters
  /// @param isAudible whether it makes itself heard; else it quietly takes the last one's place
  /// @param isUrgent whether its sender said so
  /// @param image address of a picture to show with it
  /// @param link what tapping opens, an address of the app's
  /// @param lines the conversation's newest messages, the oldest first, where content may be shown
  public record Banner(
      String title,
      String text,
      boolean isAudible,
      boolean isUrgent,
      Optional<String> image,
      Optional<String> link,
      List<Line> lines)
      implements Payload {
    /// Keeps its own copy.
    public Banner {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return "Banner[[REDACTED]]";
    }
  }

  /// Quietly takes the conversation's banner away and sets the badge.
  public record Clear() implements Payload {}

  /// One message in a banner.
  ///
  /// @param sender the name that is shown
  public record Line(String sender, String text, Instant at) {
    @Override
    public String toString() {
      return "Line[[REDACTED]]";
    }
  }
}
