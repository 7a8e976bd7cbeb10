// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a push says, in the device's language. Start reading at [tern.push.text.PushTexts].
@NullMarked
package tern.push.text;

import org.jspecify.annotations.NullMarked;
