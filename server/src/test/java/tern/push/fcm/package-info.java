// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Firebase Cloud Messaging, and what it is sent. Start reading at [tern.push.fcm.FakeFcm].
@NullMarked
package tern.push.fcm;

import org.jspecify.annotations.NullMarked;
