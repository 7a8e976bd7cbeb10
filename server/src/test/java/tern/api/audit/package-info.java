// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of what the audit keeps.
@NullMarked
package tern.api.audit;

import org.jspecify.annotations.NullMarked;
