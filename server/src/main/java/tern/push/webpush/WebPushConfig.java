// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

/// How browsers' push services know us.
///
/// @param contact whom they may turn to: a `mailto:` or `https:` address; empty: no Web Push
public record WebPushConfig(String contact) {}
