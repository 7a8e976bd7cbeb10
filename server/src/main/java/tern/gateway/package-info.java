// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes come in, bytes go out. Start reading at [tern.gateway.Gateway].
@NullMarked
package tern.gateway;

import org.jspecify.annotations.NullMarked;
