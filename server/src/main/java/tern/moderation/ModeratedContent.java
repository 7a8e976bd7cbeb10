// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.util.List;
import java.util.Optional;

/// What somebody wants to say, as far as moderation reads it. Immutable.
public interface ModeratedContent {
  /// What people read of it, in a fixed order; nothing of what is encrypted or the app's own.
  List<String> texts();

  /// Addresses in it that stand in no text.
  List<String> links();

  /// The same with other texts, as many as [#texts] gives.
  ModeratedContent with(List<String> texts);

  /// As the protocol writes it in JSON.
  String json();

  /// What the message says beside its content, as the protocol writes it in JSON: mentions,
  /// metadata, what it answers, and the like.
  String headers();

  /// Content in its place, of that form; empty when it is none, or beyond the limits.
  Optional<ModeratedContent> replacedBy(String json);
}
