// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import tern.id.UserId;

/// How far a member's devices and eyes have come.
public record MemberMarker(UserId user, long delivered, long read) {}
