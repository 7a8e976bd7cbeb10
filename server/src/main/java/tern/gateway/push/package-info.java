// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What pushes want to know of messages, and what users say of pushes. Start reading at
/// [tern.gateway.push.PushContents].
@NullMarked
package tern.gateway.push;

import org.jspecify.annotations.NullMarked;
