// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Moderation, between what clients ask for and the intake. Start reading at
/// [tern.gateway.moderation.Moderated].
@NullMarked
package tern.gateway.moderation;

import org.jspecify.annotations.NullMarked;
