// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Requests that lead beyond one conversation's messages: forwarding them to others. Start reading
/// at [tern.gateway.share.ForwardRequests].
@NullMarked
package tern.gateway.share;

import org.jspecify.annotations.NullMarked;
