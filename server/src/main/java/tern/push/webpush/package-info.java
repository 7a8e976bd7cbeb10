// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Web Push: what browsers are woken with. Start reading at
/// [tern.push.webpush.WebPushEncryption].
@NullMarked
package tern.push.webpush;

import org.jspecify.annotations.NullMarked;
