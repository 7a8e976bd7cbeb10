// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Pushes, through a running node with the lock screens of the demo, and what every sender
/// promises: start reading at [tern.push.PushSenderContract].
@NullMarked
package tern.push;

import org.jspecify.annotations.NullMarked;
