// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What happened in a run, as plain records. Start reading at `History`.
@NullMarked
package tern.loadtest.history;

import org.jspecify.annotations.NullMarked;
