// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A reaction that was set or taken back, as a live step tells of it; `count` is how many of this
/// kind there are now.
public record ReactionStep(long sequence, String user, String reaction, boolean on, int count) {}
