// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.device]: whose an address is, and what ends pushing to it.
@NullMarked
package tern.device;

import org.jspecify.annotations.NullMarked;
