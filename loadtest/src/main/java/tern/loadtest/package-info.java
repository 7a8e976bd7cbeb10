// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Drives a Tern from outside, as many clients would. Start reading at `Loadtest`.
@NullMarked
package tern.loadtest;

import org.jspecify.annotations.NullMarked;
