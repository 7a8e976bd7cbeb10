// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Requests about what people do with each other's messages, beside answering: forwarding them, and
/// pressing their buttons. Start reading at [tern.gateway.share.ForwardRequests].
@NullMarked
package tern.gateway.share;

import org.jspecify.annotations.NullMarked;
