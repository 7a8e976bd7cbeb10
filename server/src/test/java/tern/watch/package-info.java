// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What holds for those who watch OPEN conversations.
@NullMarked
package tern.watch;

import org.jspecify.annotations.NullMarked;
