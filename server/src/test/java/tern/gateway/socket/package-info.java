// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the socket side of the gateway that need no socket.
@NullMarked
package tern.gateway.socket;

import org.jspecify.annotations.NullMarked;
