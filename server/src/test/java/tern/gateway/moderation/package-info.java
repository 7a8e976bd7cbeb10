// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of how moderation reads what clients send.
@NullMarked
package tern.gateway.moderation;

import org.jspecify.annotations.NullMarked;
