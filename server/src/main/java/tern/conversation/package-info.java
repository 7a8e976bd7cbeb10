// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Who may speak where: conversations, their members, and what changes of them. Start reading at
/// [tern.conversation.Conversations].
@NullMarked
package tern.conversation;

import org.jspecify.annotations.NullMarked;
