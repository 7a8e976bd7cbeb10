// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the messages of a page answer, as it stands at the page's moment. Start reading at
/// [tern.message.quote.Quotes].
@NullMarked
package tern.message.quote;

import org.jspecify.annotations.NullMarked;
