// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

/// Reads the newest page for a watcher that has missed too much.
@FunctionalInterface
public interface Refresher {
  /// Never blocks. On the watcher's event loop, later, calls [Watcher#begin] with a page that goes
  /// through `atLeast`, or [Watcher#retry] when it can't be read.
  void refresh(Watcher watcher, long atLeast);
}
