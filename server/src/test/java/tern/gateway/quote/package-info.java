// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the promises of [tern.gateway.quote].
@NullMarked
package tern.gateway.quote;

import org.jspecify.annotations.NullMarked;
