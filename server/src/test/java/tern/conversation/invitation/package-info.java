// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// How people come into groups by themselves.
@NullMarked
package tern.conversation.invitation;

import org.jspecify.annotations.NullMarked;
