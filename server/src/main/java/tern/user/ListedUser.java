// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.time.Instant;
import tern.id.UserId;

/// Somebody on a user's list, and since when.
public record ListedUser(UserId user, Instant since) {}
