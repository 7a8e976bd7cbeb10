// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The server under test as a child process, and what the system tells of it. Start reading at
/// `Node`.
@NullMarked
package tern.loadtest.node;

import org.jspecify.annotations.NullMarked;
