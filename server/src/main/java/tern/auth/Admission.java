// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.util.function.BooleanSupplier;

/// What decides who comes in, and with which token.
///
/// @param revocations what each verified token is held against
/// @param isWatched whether this node would close a session whose token is revoked from now on;
///     while it would not, nobody new comes in
/// @param failures of the addresses that bring tokens
public record Admission(
    TokenVerifier verifier,
    Revocations revocations,
    BooleanSupplier isWatched,
    FailedAttempts failures) {}
