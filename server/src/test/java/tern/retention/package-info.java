// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of what is let go.
@NullMarked
package tern.retention;

import org.jspecify.annotations.NullMarked;
