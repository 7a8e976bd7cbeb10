// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that a user has a right to have, written out as it is read. Start reading at
/// [tern.api.export.UserExport].
@NullMarked
package tern.api.export;

import org.jspecify.annotations.NullMarked;
