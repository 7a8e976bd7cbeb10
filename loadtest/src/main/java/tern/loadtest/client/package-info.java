// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// A lean client: many WebSockets in one process. Start reading at `Device`.
@NullMarked
package tern.loadtest.client;

import org.jspecify.annotations.NullMarked;
