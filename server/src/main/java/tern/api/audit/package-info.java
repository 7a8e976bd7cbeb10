// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What each API key did, without what was in it. Start reading at [tern.api.audit.AuditLog].
@NullMarked
package tern.api.audit;

import org.jspecify.annotations.NullMarked;
