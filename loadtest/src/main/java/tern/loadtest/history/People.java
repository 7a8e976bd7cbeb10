// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// What users said of each other and of themselves, as the store itself noted each state of it, in
/// order.
public record People(List<Relation> relations, List<ProfileSeen> profiles) {
  /// Of a run in which nobody said anything.
  public static final People NONE = new People(List.of(), List.of());
}
