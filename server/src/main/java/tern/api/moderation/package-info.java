// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Moderation, as the app's backend asks for it. Start reading at
/// [tern.api.moderation.ModerationRequests].
@NullMarked
package tern.api.moderation;

import org.jspecify.annotations.NullMarked;
