// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.firebase.FirebaseApp;
import com.google.firebase.ThreadManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/// Keeps the Admin SDK from making a pool of its own: whoever gives the threads ends them.
final class FcmThreads extends ThreadManager {
  private final ExecutorService threads;

  FcmThreads(ExecutorService threads) {
    this.threads = threads;
  }

  @Override
  protected ExecutorService getExecutor(FirebaseApp app) {
    return threads;
  }

  @Override
  protected void releaseExecutor(FirebaseApp app, ExecutorService executor) {
    // The sender's.
  }

  @Override
  protected ThreadFactory getThreadFactory() {
    return Thread.ofVirtual().factory();
  }
}
