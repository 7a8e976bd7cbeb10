// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Who is looking at the app: shown to others as online, or away since when. Start reading at
/// [tern.presence.LocalPresence].
@NullMarked
package tern.presence;

import org.jspecify.annotations.NullMarked;
