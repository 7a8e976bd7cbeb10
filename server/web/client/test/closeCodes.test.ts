// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CloseReason, closeReason } from "../src/closeCodes.js";

const CONTRACT = new URL("../../../../proto/README.md", import.meta.url);
/** A row such as: | 4002 | `SLOW` | You read … | Yes, at the time told; then catch up. | */
const ROW = /^\| (\d+) \| `(\w+)` \|.*\| (Yes|No)\b[^|]*\|$/gm;

describe("close codes", () => {
  const table = tableOf(readFileSync(CONTRACT, "utf8"));

  it("areThoseOfTheProtocolsTable", () => {
    expect(table.length).toBeGreaterThan(0);
    expect(table.map(({ code }) => closeReason(code))).toEqual(table);
  });

  it("haveNoNameBeyondTheTable", () => {
    const named = Array.from({ length: 5_000 }, (_, code) => closeReason(code))
      .filter(({ code, name }) => name !== String(code))
      .map(({ code }) => code);

    // No server sends 1006: it is how a WebSocket reports a broken network.
    expect(named).toEqual([...table.map(({ code }) => code), 1006].sort((a, b) => a - b));
  });

  it("beyondTheTableTellByTheirRangeWhoMayComeBack", () => {
    const mayComeBack = (code: number): boolean => closeReason(code).mayComeBack;

    expect([1001, 1006, 4006, 4499].every(mayComeBack)).toBe(true);
    expect([4506, 4999].some(mayComeBack)).toBe(false);
  });
});

/** The rows under "Goodbye"; the page has another table in that form, of errors. */
function tableOf(page: string): CloseReason[] {
  const goodbye = page.split(/^## /m).find((section) => section.startsWith("Goodbye\n")) ?? "";
  return [...goodbye.matchAll(ROW)].map(([, code, name = "", may]) => ({
    code: Number(code),
    name,
    mayComeBack: may === "Yes",
  }));
}
