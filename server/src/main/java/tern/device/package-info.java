// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Devices of users, and where each can be pushed to. Start reading at [tern.device.Devices].
@NullMarked
package tern.device;

import org.jspecify.annotations.NullMarked;
