// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;

/// In which way somebody takes part in a run.
///
/// @param watches whether what comes live comes because they watch it
/// @param outsider whether they are a member of nothing
/// @param grants what their access token lets them watch
record Attendance(boolean watches, boolean outsider, List<String> grants) {
  /// A member of some conversations.
  static final Attendance MEMBER = new Attendance(false, false, List.of());

  /// A member of none, who watches none.
  static final Attendance OUTSIDER = new Attendance(false, true, List.of());

  /// A member of none, who watches some.
  static Attendance watcher(List<String> grants) {
    return new Attendance(true, true, grants);
  }
}
