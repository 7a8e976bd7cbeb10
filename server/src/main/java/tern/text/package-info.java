// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Text as people compare it: without case, accents and the many ways to write the same letter, cut
/// into what can be looked for. Search and moderation stand on it. Start reading at [Words].
@NullMarked
package tern.text;

import org.jspecify.annotations.NullMarked;
