// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Finds what was said in one's own conversations, by its words, in any language: a worker that
/// follows the committed messages, and the reading. Start reading at [tern.search.Search].
@NullMarked
package tern.search;

import org.jspecify.annotations.NullMarked;
