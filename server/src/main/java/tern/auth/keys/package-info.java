// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Public keys of those who sign access tokens, pinned by the operator. Start reading at
/// [tern.auth.keys.Jwks].
@NullMarked
package tern.auth.keys;

import org.jspecify.annotations.NullMarked;
