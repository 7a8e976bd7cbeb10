// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the store knows of pushes: whom a message concerns, what waits, what became of it. Start
/// reading at [tern.push.ledger.TargetTable].
@NullMarked
package tern.push.ledger;

import org.jspecify.annotations.NullMarked;
