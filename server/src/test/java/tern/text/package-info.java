// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of [tern.text].
@NullMarked
package tern.text;

import org.jspecify.annotations.NullMarked;
