// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const wire = dirname(fileURLToPath(import.meta.resolve("@bufbuild/protobuf/wire")));

/**
 * Modules without dependencies: the codec's reader and writer are built in. The worker's is built
 * by itself, so that it can be copied to where an app's page is.
 */
export default defineConfig(({ mode }) => ({
  resolve: {
    // The folder's index drags in 27 kB (gzip) of reflection that nothing here uses.
    alias: { "@bufbuild/protobuf/wire": join(wire, "binary-encoding.js") },
  },
  build: {
    lib:
      mode === "worker"
        ? { entry: "src/serviceWorker.ts", formats: ["es"], fileName: "serviceWorker" }
        : { entry: "src/index.ts", formats: ["es"], fileName: "index" },
    target: "es2022",
    minify: false,
    sourcemap: false,
    emptyOutDir: mode !== "worker",
  },
}));
