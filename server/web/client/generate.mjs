// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

// Generates src/gen from the protocol's files, if one of them is newer than what stands there.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const protocol = join(here, "../../../proto/src/main/proto/tern/v1");
const mark = join(here, "src/gen/.generated");

const inputs = readdirSync(protocol)
  .map((name) => join(protocol, name))
  .concat(join(here, "buf.gen.yaml"), join(here, "package.json"));
const newest = Math.max(...inputs.map((file) => statSync(file).mtimeMs));
const generated = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (generated < newest) {
  rmSync(join(here, "src/gen"), { recursive: true, force: true });
  execFileSync("buf", ["generate"], { cwd: here, stdio: "inherit" });
  writeFileSync(mark, "");
}
