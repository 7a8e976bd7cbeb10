// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Proves what the one port promises beside its sockets.
@NullMarked
package tern.gateway.http;

import org.jspecify.annotations.NullMarked;
