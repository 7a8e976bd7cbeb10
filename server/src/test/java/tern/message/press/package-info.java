// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// How presses of buttons are kept and told.
@NullMarked
package tern.message.press;

import org.jspecify.annotations.NullMarked;
