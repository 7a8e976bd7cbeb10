// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What a user can ask for and how it is answered, whatever way it came: the one place between what
/// crosses the wire and the features. Start reading at [tern.gateway.request.Requests].
@NullMarked
package tern.gateway.request;

import org.jspecify.annotations.NullMarked;
