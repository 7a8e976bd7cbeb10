// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import tern.loadtest.history.History;

/// One idea of what a history must keep to.
interface Rule {
  /// Looks at the whole history; tells every check to `findings`.
  void check(History history, Truth truth, Findings findings);
}
