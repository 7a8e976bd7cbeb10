// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// From committed to settled: what is to become of each message on each device. Start reading at
/// [tern.push.settling.Settling].
@NullMarked
package tern.push.settling;

import org.jspecify.annotations.NullMarked;
