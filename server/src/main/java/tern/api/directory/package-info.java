// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// How the app's backend finds conversations. Start reading at
/// [tern.api.directory.FoundConversations].
@NullMarked
package tern.api.directory;

import org.jspecify.annotations.NullMarked;
