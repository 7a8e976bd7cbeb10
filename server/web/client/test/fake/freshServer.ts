// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, vi } from "vitest";
import { FakeServer } from "./fakeServer.js";

/** Hands each test a server of its own, with a "room" of alice and bob, and a clock to advance. */
export function freshServerEach(take: (server: FakeServer) => void): void {
  beforeEach(() => {
    vi.useFakeTimers();
    const server = new FakeServer();
    server.create("room", "alice", "bob");
    take(server);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
