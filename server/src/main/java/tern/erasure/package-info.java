// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Erases what is kept of a user, everywhere, and proves it. Start reading at
/// [tern.erasure.UserEraser].
@NullMarked
package tern.erasure;

import org.jspecify.annotations.NullMarked;
