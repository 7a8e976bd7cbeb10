// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What many watchers read together.
@NullMarked
package tern.gateway.watch;

import org.jspecify.annotations.NullMarked;
