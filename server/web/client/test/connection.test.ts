// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { TernError } from "../src/errors.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

describe("connection", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("saysHelloFirst", async () => {
    const client = await connected(clientOf(server, "alice"));

    expect(client.connection.phase).toBe("online");
    expect(client.userId).toBe("alice");
    expect(server.framesOf("hello")).toMatchObject([
      { accessToken: "token-of-alice", deviceId: "device-of-alice", inboxCursor: "" },
    ]);
  });

  it("comesBackWithinAWaitThatDoubles", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.isDown = true;
    server.cut();
    await settle();

    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const { connection } = client;
      if (connection.phase !== "waiting") {
        throw new Error(connection.phase);
      }
      waits.push(connection.comeBackAtMs - Date.now());
      await vi.advanceTimersByTimeAsync(connection.comeBackAtMs - Date.now());
      await settle();
    }

    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it("isBackAfterTheNetworkIs", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.cut();
    await settle();
    expect(client.connection).toMatchObject({ phase: "waiting", reason: { code: 1006 } });

    await vi.advanceTimersByTimeAsync(500);
    await settle();

    expect(client.connection.phase).toBe("online");
    expect(server.framesOf("hello")[1]?.inboxCursor).toBe("cursor-epoch-1");
  });

  it("comesBackWhenGoodbyeSaysAndAddsNoJitter", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.goodbye(1012, true, 7_000);
    await settle();
    expect(client.connection).toMatchObject({
      phase: "waiting",
      comeBackAtMs: Date.now() + 7_000,
    });

    await vi.advanceTimersByTimeAsync(6_999);
    expect(server.opened).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await settle();

    expect(client.connection.phase).toBe("online");
  });

  it("addsNothingToATimeToldAfterFailuresEither", async () => {
    server.isDown = true;
    const client = await connected(clientOf(server, "alice"));
    await vi.advanceTimersByTimeAsync(500 + 1_000 + 2_000);
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(client.connection.phase).toBe("online");

    server.goodbye(4000, true, 300);
    await settle();

    expect(client.connection).toMatchObject({ comeBackAtMs: Date.now() + 300 });
  });

  it("waitsLongerEachTimeWhereGoodbyeTellsNoTime", async () => {
    const client = await connected(clientOf(server, "alice"));
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      server.goodbye(4003, true);
      await settle();
      const { connection } = client;
      waits.push(connection.phase === "waiting" ? connection.comeBackAtMs - Date.now() : -1);
      await vi.advanceTimersByTimeAsync(5_000);
    }

    expect(waits).toEqual([500, 1_000, 2_000]);
  });

  it("staysAwayWhenGoodbyeSaysSo", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.goodbye(4504, false);
    await settle();
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(client.connection).toMatchObject({ phase: "refused", reason: { code: 4504 } });
    expect(server.opened).toBe(1);
  });

  it("asksAfterSilenceAndLeavesADeadSocket", async () => {
    const client = await connected(clientOf(server, "alice"));
    await vi.advanceTimersByTimeAsync(30_000);
    await settle();
    expect(server.framesOf("ping")).toHaveLength(1);

    server.sessions[0]?.socket.freeze();
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();

    expect(client.connection.phase).not.toBe("online");
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();
    expect(client.connection.phase).toBe("online");
  });

  it("givesUpASocketThatNeverWelcomes", async () => {
    server.intercept = () => true;
    const client = await connected(clientOf(server, "alice"));

    await vi.advanceTimersByTimeAsync(15_000);

    expect(client.connection.phase).toBe("waiting");
  });

  it("waitsWhenNoTokenIsToBeHad", async () => {
    let tries = 0;
    const getToken = (): Promise<string> =>
      ++tries < 3 ? Promise.reject(new Error("no")) : Promise.resolve("token-of-alice");
    const client = await connected(clientOf(server, "alice", { getToken }));
    expect(client.connection).toMatchObject({ phase: "waiting", reason: { name: "NO_TOKEN" } });

    await vi.advanceTimersByTimeAsync(500 + 1_000);
    await settle();

    expect(client.connection.phase).toBe("online");
  });

  it("refreshesATokenThatIsAboutToExpire", async () => {
    let issued = 0;
    const getToken = (): Promise<string> => Promise.resolve(`token-of-${String(++issued)}`);
    await connected(clientOf(server, "alice", { getToken }));

    server.sessions[0]?.send({ $case: "tokenExpiring", value: { tokenExpiresAtMs: 1 } });
    await settle();

    expect(server.framesOf("refreshToken")).toEqual([{ accessToken: "token-of-2" }]);
  });

  it("disconnectClosesAndStaysAway", async () => {
    const client = await connected(clientOf(server, "alice"));

    client.disconnect();
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(client.connection.phase).toBe("offline");
    expect(server.sessions).toHaveLength(0);
    expect(server.opened).toBe(1);
  });

  it("disconnectWhileConnectingOpensNoSocket", async () => {
    const client = clientOf(server, "alice");

    client.connect();
    client.disconnect();
    await settle();

    expect(client.connection.phase).toBe("offline");
    expect(server.framesOf("hello")).toHaveLength(0);
  });

  it("asksNoMoreAtOnceThanTheServerAllows", async () => {
    server.limits.maxRequestsInFlight = 2;
    const held: (() => void)[] = [];
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "openDirect") {
        return false;
      }
      held.push(() => {
        server.answer(session, frame, id);
      });
      return true;
    };
    const client = await connected(clientOf(server, "alice"));

    const opened = Promise.all(["bob", "carol", "dora"].map((user) => client.openDirect(user)));
    await settle();
    expect(held).toHaveLength(2);
    held[0]?.();
    await settle();
    expect(held).toHaveLength(3);
    held.slice(1).forEach((answer) => {
      answer();
    });

    await expect(opened).resolves.toHaveLength(3);
  });

  it("givesAnAnswerUpAfterThirtySeconds", async () => {
    server.intercept = (_session, frame) => frame.$case === "createGroup";
    const client = await connected(clientOf(server, "alice"));
    let outcome = "";
    client.createGroup("picnic", ["bob"]).catch((error: unknown) => {
      outcome = error instanceof TernError ? error.code : String(error);
    });

    await vi.advanceTimersByTimeAsync(29_999);
    expect(outcome).toBe("");
    await vi.advanceTimersByTimeAsync(1);

    expect(outcome).toBe("TIMEOUT");
  });

  it("repeatsARequestThatTheServerCouldNotFulfilNow", async () => {
    let refusals = 2;
    server.intercept = (session, frame, id) => {
      if (frame.$case === "openDirect" && refusals-- > 0) {
        server.fail(session, id, 9, 700);
        return true;
      }
      return false;
    };
    const client = await connected(clientOf(server, "alice"));

    const opened = client.openDirect("bob");
    await vi.advanceTimersByTimeAsync(1_400);
    await settle();

    await expect(opened).resolves.toMatchObject({ conversationId: "direct-1" });
    expect(server.framesOf("openDirect")).toHaveLength(3);
  });

  it("aRequestWaitsForAConnectionThatIsUnderWay", async () => {
    const client = clientOf(server, "alice");
    client.connect();
    await Promise.resolve();
    const opened = client.openDirect("bob");
    await settle();

    await expect(opened).resolves.toMatchObject({ conversationId: "direct-1" });
  });

  it("aRequestFailsAtOnceWhereNobodyConnects", async () => {
    const client = await connected(clientOf(server, "alice"));
    client.disconnect();

    await expect(client.openDirect("bob")).rejects.toMatchObject({ code: "NOT_CONNECTED" });
  });

  it("aRequestDoesNotWaitForEver", async () => {
    server.isDown = true;
    const client = await connected(clientOf(server, "alice"));

    const refused = expect(client.openDirect("bob")).rejects.toMatchObject({
      code: "NOT_CONNECTED",
      mayRetry: true,
    });
    await vi.advanceTimersByTimeAsync(10_000);

    await refused;
  });

  it("anUnreadableFrameEndsTheSessionAndTheClientComesBack", async () => {
    const client = await connected(clientOf(server, "alice"));

    server.sessions[0]?.socket.deliverBytes(new Uint8Array([0xff, 0xff, 0xff]).buffer);
    await settle();
    expect(client.connection).toMatchObject({
      phase: "waiting",
      reason: { code: 0, name: "UNREADABLE_FRAME" },
    });
    await vi.advanceTimersByTimeAsync(500);
    await settle();

    expect(client.connection.phase).toBe("online");
  });

  it("tellsWhetherThePersonIsLooking", async () => {
    let current: "foreground" | "background" = "background";
    let changed = (): void => undefined;
    const appState = {
      current: () => current,
      subscribe: (listener: () => void) => {
        changed = listener;
        return () => undefined;
      },
    };
    await connected(clientOf(server, "alice", { appState }));
    expect(server.framesOf("hello")[0]?.appState).toBe(2);

    current = "foreground";
    changed();
    await settle();

    expect(server.framesOf("setAppState")).toEqual([{ appState: 1 }]);
  });

  it("isRefusedWhereNoSocketMayBeOpened", async () => {
    let isAllowed = false;
    const Open = server.socketConstructor();
    const webSocket = class extends Open {
      constructor(url: string, protocols: string[]) {
        if (!isAllowed) {
          throw new SyntaxError("planted");
        }
        super(url, protocols);
      }
    };
    const client = await connected(clientOf(server, "alice", { webSocket }));
    expect(client.connection).toMatchObject({ phase: "refused", reason: { name: "NO_SOCKET" } });

    isAllowed = true;
    await connected(client);

    expect(client.connection.phase).toBe("online");
  });
});
