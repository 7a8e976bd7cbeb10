// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.auth].
@NullMarked
package tern.auth;

import org.jspecify.annotations.NullMarked;
