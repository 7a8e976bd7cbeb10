// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Proves the store's promises against a real PostgreSQL.
@NullMarked
package tern.store;

import org.jspecify.annotations.NullMarked;
