// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Instant;
import tern.id.UserId;

/// Who an access token speaks for, until when, and under which id it can be revoked (`jti`, or
/// empty).
public record Identity(UserId user, Instant expiresAt, String tokenId) {}
