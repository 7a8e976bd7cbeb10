// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import tern.loadtest.history.History;

/// Some time after the end, nothing is left to be settled.
final class UnsettledRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    if (!history.pushes().phones().isEmpty()) {
      long left = history.pushes().unsettled();
      findings.check(Invariant.UNSETTLED, left == 0, "%d rows are left (expected: 0)", left);
    }
  }
}
