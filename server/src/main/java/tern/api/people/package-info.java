// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the app's backend does about people over REST. Start reading at
/// [tern.api.people.BackendUsers].
@NullMarked
package tern.api.people;

import org.jspecify.annotations.NullMarked;
