// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a push says: each language's forms, and what never stands in it.
@NullMarked
package tern.push.text;

import org.jspecify.annotations.NullMarked;
