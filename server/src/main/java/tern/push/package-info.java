// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Nobody there: wake the device. Start reading at [tern.push.PushSender], or at
/// [tern.push.decision.PushDecision] for who is woken.
@NullMarked
package tern.push;

import org.jspecify.annotations.NullMarked;
