// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Which device is to be woken, and when. Start reading at [tern.push.decision.PushDecision].
@NullMarked
package tern.push.decision;

import org.jspecify.annotations.NullMarked;
