// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a person, or a program, is told of a run. Start reading at `Report`.
@NullMarked
package tern.loadtest.report;

import org.jspecify.annotations.NullMarked;
