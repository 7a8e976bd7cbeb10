// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Apple's push service, and what it is sent. Start reading at [tern.push.apns.FakeApns].
@NullMarked
package tern.push.apns;

import org.jspecify.annotations.NullMarked;
