// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a message answers, in the words of the wire. Start reading at
/// [tern.gateway.quote.WireQuotes].
@NullMarked
package tern.gateway.quote;

import org.jspecify.annotations.NullMarked;
