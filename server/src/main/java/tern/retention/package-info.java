// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Lets old messages go, as the app says for each kind of conversation, or for one. Start reading
/// at [tern.retention.Retention].
@NullMarked
package tern.retention;

import org.jspecify.annotations.NullMarked;
