// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// People as the host app knows them: how they are shown, whom they block and mute, what they have
/// chosen, and whether they may come in. Start reading at [tern.user.Relations].
@NullMarked
package tern.user;

import org.jspecify.annotations.NullMarked;
