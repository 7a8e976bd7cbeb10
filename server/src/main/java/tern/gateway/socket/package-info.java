// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// One socket: bytes to frames and frames to bytes, within its bounds. Start reading at
/// [tern.gateway.socket.ConnectionReader].
@NullMarked
package tern.gateway.socket;

import org.jspecify.annotations.NullMarked;
