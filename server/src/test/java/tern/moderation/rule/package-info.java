// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.moderation.rule].
@NullMarked
package tern.moderation.rule;

import org.jspecify.annotations.NullMarked;
