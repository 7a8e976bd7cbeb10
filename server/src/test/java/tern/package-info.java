// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// A whole node and a client for it, for all tests that need them.
@NullMarked
package tern;

import org.jspecify.annotations.NullMarked;
