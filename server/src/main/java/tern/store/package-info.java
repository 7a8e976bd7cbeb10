// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// PostgreSQL, as all features share it: the pool, the migrations, the embedded server. Each
/// feature's SQL stands with the feature. Start reading at [tern.store.Database].
@NullMarked
package tern.store;

import org.jspecify.annotations.NullMarked;
