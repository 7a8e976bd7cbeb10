// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { CloseReason } from "./closeCodes.js";

/** How the client stands to the server. */
export type ConnectionState =
  /** Not asked to connect. */
  | { readonly phase: "offline" }
  | { readonly phase: "connecting"; readonly attempt: number }
  | { readonly phase: "online"; readonly sessionId: string }
  /** Comes back by itself at that time of the local clock. */
  | { readonly phase: "waiting"; readonly reason: CloseReason; readonly comeBackAtMs: number }
  /** The server does not want this client back as it is; only `connect()` tries again. */
  | { readonly phase: "refused"; readonly reason: CloseReason };
