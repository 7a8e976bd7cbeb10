// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.erasure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How far the erasing of a user has come, and once it has ended, the proof of it. Names nobody.
///
/// @param keepsMessages whether what the user wrote stays, under a pseudonym
/// @param places what was found, by table, in the order of their names
public record Erasure(
    UUID id,
    boolean keepsMessages,
    Instant requestedAt,
    Optional<Instant> begunAt,
    Optional<Instant> endedAt,
    List<Place> places) {
  /// Keeps its own copy.
  public Erasure {
    places = List.copyOf(places);
  }

  /// A place where something stood.
  ///
  /// @param name of the table, or `mention` for what others' messages said of the user
  /// @param erased how many rows were removed, or name the pseudonym now
  /// @param remaining how many the last look found left; 0 before there was one
  public record Place(String name, long erased, long remaining) {}
}
