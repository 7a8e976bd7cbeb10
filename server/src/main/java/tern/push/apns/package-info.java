// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Pushes to Apple's devices, by Pushy. Start reading at [tern.push.apns.ApnsSender].
@NullMarked
package tern.push.apns;

import org.jspecify.annotations.NullMarked;
