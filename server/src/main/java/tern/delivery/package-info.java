// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// From committed to settled: who has the conversation open on this node, and hand it to them.
/// Start reading at [tern.delivery.Delivery].
@NullMarked
package tern.delivery;

import org.jspecify.annotations.NullMarked;
