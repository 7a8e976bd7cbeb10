// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Pushes without any push service, shown in the playground. Start reading at
/// [tern.push.demo.LockScreens].
@NullMarked
package tern.push.demo;

import org.jspecify.annotations.NullMarked;
