// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Web Push, against the vectors of its RFCs and a browser's own half.
@NullMarked
package tern.push.webpush;

import org.jspecify.annotations.NullMarked;
