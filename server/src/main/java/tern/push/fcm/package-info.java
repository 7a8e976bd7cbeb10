// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Pushes to Android by Firebase Cloud Messaging. Start reading at [tern.push.fcm.FcmSender].
@NullMarked
package tern.push.fcm;

import org.jspecify.annotations.NullMarked;
