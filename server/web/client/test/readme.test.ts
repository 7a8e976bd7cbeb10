// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { showRoom } from "./examples/liveRoom.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { bar, makeOpen } from "./fake/fakeWatchers.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

function textOf(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

describe("the README's example of a live room", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("isTheOneThatIsCompiled", () => {
    const example = textOf("./examples/liveRoom.ts").replace("../../src/index.js", "@tern/client");

    expect(textOf("../README.md")).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it("showsTheRoomAndTellsItsEnd", async () => {
    makeOpen(server, server.create("cam", "owner"), true);
    const client = await connected(clientOf(server, "ann"));
    const show = vi.fn();
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);

    const stop = showRoom(client, "cam", show);
    server.say("cam", "owner", "hello");
    await settle();
    expect(show.mock.lastCall).toMatchObject([{ messages: [{ sequence: 1 }] }, true]);
    bar(server, "cam", "ann");
    await settle();
    stop();

    expect(log).toHaveBeenCalledExactlyOnceWith("sentAway: NOT_FOUND");
    log.mockRestore();
  });
});
