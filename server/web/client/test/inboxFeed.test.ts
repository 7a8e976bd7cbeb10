// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { expect, it, vi } from "vitest";
import type { Connection } from "../src/connection.js";
import { TernError } from "../src/errors.js";
import { InboxFeed } from "../src/inboxFeed.js";
import type { InboxPage } from "../src/gen/tern/v1/inbox.js";

const PAGE: InboxPage = { entries: [], nextPage: "", cursor: "new", badge: 0, reset: false };

function feedOf(took: () => void, problem: (error: TernError) => void): InboxFeed {
  const connection: Pick<Connection, "requestPatiently"> = {
    requestPatiently: () => Promise.reject(new TernError("CONNECTION_LOST", "gone", true)),
  };
  return new InboxFeed({
    connection: connection as Connection,
    changed: () => undefined,
    hasJustRead: () => false,
    took,
    problem,
  });
}

it("aPageThatCannotBeTakenInIsAProblemAndMovesNoCursor", async () => {
  const planted = new TypeError("planted");
  const problem = vi.fn();
  const feed = feedOf(() => {
    throw planted;
  }, problem);

  await feed.take(PAGE);

  expect(problem.mock.calls).toMatchObject([[{ code: "CLIENT_FAILED", cause: planted }]]);
  expect(feed.cursor).toBe("");
});

it("aListThatTheEndOfTheSessionCutsIsNoProblem", async () => {
  const problem = vi.fn();
  const feed = feedOf(() => undefined, problem);

  await feed.take({ ...PAGE, nextPage: "p2" });

  expect(problem).not.toHaveBeenCalled();
  expect(feed.cursor).toBe("");
});
