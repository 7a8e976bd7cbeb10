// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { defineConfig } from "vite";

const server = process.env["TERN_URL"] ?? "http://localhost:8080";

/** Everything comes from the server's own origin, so that a strict content policy holds. */
export default defineConfig({
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: false },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: {
    proxy: {
      "/demo": server,
      "/v1/ws": { target: server.replace(/^http/, "ws"), ws: true },
    },
  },
});
