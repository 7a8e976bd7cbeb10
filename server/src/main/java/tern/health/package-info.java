// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Is it well, and how does it do? `/health` and `/metrics`. Start reading at
/// [tern.health.HealthRoutes].
@NullMarked
package tern.health;

import org.jspecify.annotations.NullMarked;
