// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** How the playground reaches Tern in demo mode. */
export interface DemoServer {
  readonly url: string;
  /** The demo gives anybody a token for any user; no other mode does. */
  tokenFor(userId: string): Promise<string>;
}

export function demoServer(location: Location): DemoServer {
  const protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return {
    url: `${protocol}//${location.host}/v1/ws`,
    tokenFor: async (userId) => {
      const response = await fetch("/demo/token", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ user_id: userId }),
      });
      if (!response.ok) {
        throw new Error(`/demo/token: ${response.status} (expected: 200)`);
      }
      const { access_token: accessToken } = (await response.json()) as { access_token: string };
      return accessToken;
    },
  };
}
