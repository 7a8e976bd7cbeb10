// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The small types which all others speak. Start reading at [tern.id.ConversationId].
@NullMarked
package tern.id;

import org.jspecify.annotations.NullMarked;
