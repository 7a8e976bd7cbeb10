// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The app's own backend, asked before a message is sent. Start reading at
/// [tern.moderation.hook.Hook].
@NullMarked
package tern.moderation.hook;

import org.jspecify.annotations.NullMarked;
