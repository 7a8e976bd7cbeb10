// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// How long lists are told in parts. Start reading at [tern.api.page.NumberedPage].
@NullMarked
package tern.api.page;

import org.jspecify.annotations.NullMarked;
