// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// REST, for an app's backend and for apps that prefer HTTP: a thin table over what sockets can ask
/// for. Start reading at [tern.api.Operation], then [tern.api.ApiRoutes].
@NullMarked
package tern.api;

import org.jspecify.annotations.NullMarked;
