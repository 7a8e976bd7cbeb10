// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.auth.keys].
@NullMarked
package tern.auth.keys;

import org.jspecify.annotations.NullMarked;
