// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What an app's backend calls REST with: scoped keys, of which only hashes are kept. Start reading
/// at [tern.auth.key.ApiKeys].
@NullMarked
package tern.auth.key;

import org.jspecify.annotations.NullMarked;
