// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Who may do what in a group, who may not for a while, and how a conversation ends. Start reading
/// at [tern.conversation.rules.GroupRules].
@NullMarked
package tern.conversation.rules;

import org.jspecify.annotations.NullMarked;
