// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

/// With what Firebase Cloud Messaging knows us.
///
/// @param serviceAccount the service account's JSON file; empty: no FCM
public record FcmConfig(String serviceAccount) {}
