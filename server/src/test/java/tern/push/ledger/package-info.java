// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What stands in the store of pushes, tried against a real one.
@NullMarked
package tern.push.ledger;

import org.jspecify.annotations.NullMarked;
