// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a lane does with what it is given.
@NullMarked
package tern.message.intake;

import org.jspecify.annotations.NullMarked;
