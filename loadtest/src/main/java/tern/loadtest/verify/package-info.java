// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a history worth judging: people at random, kills, outsiders. Start reading at `VerifyRun`.
@NullMarked
package tern.loadtest.verify;

import org.jspecify.annotations.NullMarked;
