// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What was said elsewhere, before Tern, and is brought along. Start reading at
/// [tern.message.past.PastMessages].
@NullMarked
package tern.message.past;

import org.jspecify.annotations.NullMarked;
