// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The one port: accepts, answers HTTP, and takes a connection over when it becomes a WebSocket.
/// Start reading at [tern.gateway.http.Gateway].
@NullMarked
package tern.gateway.http;

import org.jspecify.annotations.NullMarked;
