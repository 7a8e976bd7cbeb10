// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What happens to a conversation, told in it as messages of the server's own. Start reading at
/// [tern.message.system.SystemMessages].
@NullMarked
package tern.message.system;

import org.jspecify.annotations.NullMarked;
