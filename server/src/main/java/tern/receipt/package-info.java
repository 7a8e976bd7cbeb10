// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Delivered and read: how far each member has come, and the others hear of it. Start reading at
/// [tern.receipt.Receipts].
@NullMarked
package tern.receipt;

import org.jspecify.annotations.NullMarked;
