// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Measures how fast absent people's devices are woken, next to the bare library, and what deciding
/// it costs the intake.
@NullMarked
package tern.loadtest.push;

import org.jspecify.annotations.NullMarked;
