// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Whole-way tests: a true server, a true WebSocket, a true frame; one rule each.
@NullMarked
package tern.journey;

import org.jspecify.annotations.NullMarked;
