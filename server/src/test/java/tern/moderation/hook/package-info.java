// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.moderation.hook].
@NullMarked
package tern.moderation.hook;

import org.jspecify.annotations.NullMarked;
