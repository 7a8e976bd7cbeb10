// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Which conversations there are, whoever is in them. Start reading at
/// [tern.conversation.directory.Directory].
@NullMarked
package tern.conversation.directory;

import org.jspecify.annotations.NullMarked;
