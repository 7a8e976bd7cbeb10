// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Proves what the small types promise. Start reading at [tern.id.QuietHoursTest].
@NullMarked
package tern.id;

import org.jspecify.annotations.NullMarked;
