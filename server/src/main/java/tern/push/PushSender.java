// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.Future;

/// A way to one push service, for registrations of some kinds.
public interface PushSender extends AutoCloseable {
  /// Hands the push on. Never blocks, never throws; the future always succeeds, once, within 30 s,
  /// on any thread.
  ///
  /// The caller bounds how many are on their way at once.
  Future<PushOutcome> send(Push push);

  /// Gives back what it holds; pushes on their way end as [PushOutcome.Failed].
  @Override
  void close();
}
