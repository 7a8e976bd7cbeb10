// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// REST, over real HTTP against whole nodes.
@NullMarked
package tern.api;

import org.jspecify.annotations.NullMarked;
