// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The server that a scenario drives: one of our own, or one that runs already. Start reading at
/// `Target`.
@NullMarked
package tern.loadtest.target;

import org.jspecify.annotations.NullMarked;
