// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// From decided to sent: what a push shows, who hands it on, and how it ended. Start reading at
/// [tern.push.sending.PushDispatcher].
@NullMarked
package tern.push.sending;

import org.jspecify.annotations.NullMarked;
