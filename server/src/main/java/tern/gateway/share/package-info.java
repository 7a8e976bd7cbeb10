// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Requests about what people share: forwarding messages, pressing the buttons of others' cards,
/// and inviting into groups. Start reading at [tern.gateway.share.ForwardRequests].
@NullMarked
package tern.gateway.share;

import org.jspecify.annotations.NullMarked;
