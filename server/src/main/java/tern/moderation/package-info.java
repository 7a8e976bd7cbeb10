// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What becomes of a message before it is stored, where the app has a say: its rules, then its own
/// backend. Start reading at [tern.moderation.Moderation].
@NullMarked
package tern.moderation;

import org.jspecify.annotations.NullMarked;
