// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// A user's conversation list: read, and told live. Start reading at [tern.message.inbox.Inbox].
@NullMarked
package tern.message.inbox;

import org.jspecify.annotations.NullMarked;
