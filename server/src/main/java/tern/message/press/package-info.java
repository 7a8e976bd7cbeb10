// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Buttons of cards that people press, kept for the cards' senders. Start reading at
/// [tern.message.press.Presses].
@NullMarked
package tern.message.press;

import org.jspecify.annotations.NullMarked;
