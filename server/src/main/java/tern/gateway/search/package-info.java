// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Searching, as clients ask for it. Start reading at [tern.gateway.search.SearchRequests].
@NullMarked
package tern.gateway.search;

import org.jspecify.annotations.NullMarked;
