// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// How fast: pairs and large groups. Start reading at `ChatCommand`.
@NullMarked
package tern.loadtest.speed;

import org.jspecify.annotations.NullMarked;
