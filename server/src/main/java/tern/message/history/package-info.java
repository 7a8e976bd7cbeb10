// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What is kept is read again: what a device missed, and what was said. Start reading at
/// [tern.message.history.CatchUp].
@NullMarked
package tern.message.history;

import org.jspecify.annotations.NullMarked;
