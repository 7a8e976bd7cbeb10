// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const wire = dirname(fileURLToPath(import.meta.resolve("@bufbuild/protobuf/wire")));

/** One module without dependencies: the codec's reader and writer are built in. */
export default defineConfig({
  resolve: {
    // The folder's index drags in 27 kB (gzip) of reflection that nothing here uses.
    alias: { "@bufbuild/protobuf/wire": join(wire, "binary-encoding.js") },
  },
  build: {
    lib: { entry: "src/index.ts", formats: ["es"], fileName: "index" },
    target: "es2022",
    minify: false,
    sourcemap: false,
    emptyOutDir: true,
  },
});
