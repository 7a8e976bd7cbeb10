// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// One device, connected to this node, now. Start reading at `Session`.
@NullMarked
package tern.session;

import org.jspecify.annotations.NullMarked;
