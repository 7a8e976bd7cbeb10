// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// OPEN conversations on the wire: creating them, saying who may watch, and the pages that all
/// watchers share. Start reading at [tern.gateway.watch.OpenRequests].
@NullMarked
package tern.gateway.watch;

import org.jspecify.annotations.NullMarked;
