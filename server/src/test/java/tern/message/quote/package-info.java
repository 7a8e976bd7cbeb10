// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the promises of [tern.message.quote], through a running node.
@NullMarked
package tern.message.quote;

import org.jspecify.annotations.NullMarked;
