// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes come in, bytes go out: `http` listens, `socket` makes frames, and here they get their
/// meaning. Start reading at `FrameRouter`, the table of contents of what a client can do.
@NullMarked
package tern.gateway;

import org.jspecify.annotations.NullMarked;
