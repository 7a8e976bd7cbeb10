// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

/// With what Apple's push service knows us.
///
/// @param key the .p8 file that signs our tokens; empty: no APNs
public record ApnsConfig(String key) {}
