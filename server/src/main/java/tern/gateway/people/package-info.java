// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Requests about people, and what is told of them. Start reading at
/// [tern.gateway.people.PeopleRequests].
@NullMarked
package tern.gateway.people;

import org.jspecify.annotations.NullMarked;
