// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Whose socket is it, and is it still? Start reading at [tern.auth.TokenVerifier].
@NullMarked
package tern.auth;

import org.jspecify.annotations.NullMarked;
