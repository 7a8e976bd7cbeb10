// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Those who watch OPEN conversations on this node: where each stands, and what it still lacks.
/// Start reading at [tern.watch.Watchers], then [tern.watch.Gallery].
@NullMarked
package tern.watch;

import org.jspecify.annotations.NullMarked;
