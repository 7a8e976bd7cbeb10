// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The schemas of the OpenAPI file, and what a value that does not fit is told. Start reading at
/// [tern.api.schema.Schema].
@NullMarked
package tern.api.schema;

import org.jspecify.annotations.NullMarked;
