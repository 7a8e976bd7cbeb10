// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the promises of [tern.presence], through a running node.
@NullMarked
package tern.presence;

import org.jspecify.annotations.NullMarked;
