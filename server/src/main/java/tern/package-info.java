// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tern, a chat server that an app team runs itself.
@NullMarked
package tern;

import org.jspecify.annotations.NullMarked;
