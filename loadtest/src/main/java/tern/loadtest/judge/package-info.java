// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a history keeps the promises: a pure function. Start reading at `Judge`.
@NullMarked
package tern.loadtest.judge;

import org.jspecify.annotations.NullMarked;
