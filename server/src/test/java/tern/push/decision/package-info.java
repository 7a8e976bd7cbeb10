// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Which device is woken, and when.
@NullMarked
package tern.push.decision;

import org.jspecify.annotations.NullMarked;
