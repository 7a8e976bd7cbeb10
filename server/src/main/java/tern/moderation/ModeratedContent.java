// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.util.List;
import java.util.Optional;
import tern.moderation.rule.Legible;

/// What somebody wants to say, as far as moderation reads it. Immutable.
public interface ModeratedContent {
  /// What rules read of it: nothing of what is encrypted.
  Legible legible();

  /// What tells it from something else that its sender says: the texts that people read, and the
  /// content as it stands where it has none.
  List<String> said();

  /// The same with the texts and values of `masked`, which were made from those of [#legible].
  ModeratedContent with(Legible masked);

  /// Whether it keeps the limits of what a message may hold.
  boolean fits();

  /// As the protocol writes it in JSON.
  String json();

  /// What the message says beside its content, as the protocol writes it in JSON: mentions,
  /// metadata, what it answers, and the like.
  String headers();

  /// Content in its place, of that form; empty when it is none, or beyond the limits.
  Optional<ModeratedContent> replacedBy(String json);
}
