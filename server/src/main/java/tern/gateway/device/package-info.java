// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What devices tell of themselves, and what users are told of their devices. Start reading at
/// [tern.gateway.device.DeviceRequests].
@NullMarked
package tern.gateway.device;

import org.jspecify.annotations.NullMarked;
