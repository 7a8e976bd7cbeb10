// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a newcomer sees first, in demo mode only: the page, and tokens for whoever asks. Start
/// reading at [tern.playground.PlaygroundRoutes].
@NullMarked
package tern.playground;

import org.jspecify.annotations.NullMarked;
