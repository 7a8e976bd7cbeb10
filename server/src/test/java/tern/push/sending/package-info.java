// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
/// How pushes are handed on.
@NullMarked
package tern.push.sending;

import org.jspecify.annotations.NullMarked;
