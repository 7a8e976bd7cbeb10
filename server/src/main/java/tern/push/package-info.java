// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Nobody there: which device is to be woken, and when. Start reading at [tern.push.PushDecision].
@NullMarked
package tern.push;

import org.jspecify.annotations.NullMarked;
