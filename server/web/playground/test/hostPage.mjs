// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { ternUrl } from "./browser.mjs";

const CLIENT = new URL("../../client/dist/", import.meta.url);

const PAGE = `<!doctype html><title>An app</title>
<link rel="icon" href="data:,">
<script type="module">
  import { TernClient } from "/client/index.js";
  // Without the network nobody gives a subscription: the page takes a made-up one.
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => ({
    toJSON: () => ({
      endpoint: "https://push.example/${randomBytes(9).toString("hex")}",
      keys: { p256dh: "${key()}", auth: "${randomBytes(16).toString("base64url")}" },
    }),
    keyBytes: applicationServerKey.length,
  });
  const userId = new URLSearchParams(location.search).get("user");
  globalThis.client = new TernClient({
    url: new URL("/v1/ws", location.href).href.replace("http", "ws"),
    deviceId: "browser-" + userId,
    getToken: async () => (await fetch("/token?user=" + userId)).text(),
  });
  globalThis.opened = [];
  client.device.onPushOpened((push) => opened.push(push));
  client.connect();
</script>`;

const WORKER = `import { servePushes } from "/client/serviceWorker.js";
const user = new URL(location.href).searchParams.get("user");
const show = registration.showNotification.bind(registration);
globalThis.shown = 0;
registration.showNotification = async (title, options) => {
  await show(title, options);
  shown += 1;
};
servePushes({
  title: "An app",
  getToken: async () => (await fetch("/token?user=" + user)).text(),
});`;

// The base point of P-256 is as good as any other.
function key() {
  const point =
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
  return Buffer.from(point, "hex").toString("base64url");
}

/** An app's own web server, with Tern behind it; resolves with where it is and how it ends. */
export async function hostPage() {
  const server = createServer((asked, answer) => {
    const { pathname, searchParams } = new URL(asked.url, "http://page");
    const say = (type, text) => answer.writeHead(200, { "content-type": type }).end(text);
    if (pathname === "/") {
      say("text/html", PAGE);
    } else if (pathname === "/sw.js") {
      say("text/javascript", WORKER);
    } else if (pathname.startsWith("/client/")) {
      answer.writeHead(200, { "content-type": "text/javascript" });
      createReadStream(fileURLToPath(new URL(pathname.slice(8), CLIENT))).pipe(answer);
    } else if (pathname === "/token") {
      void tokenOf(searchParams.get("user")).then((token) => say("text/plain", token));
    } else if (pathname === "/v1/web-push-key") {
      say("application/json", JSON.stringify({ public_key: key() }));
    } else {
      forward(asked, answer);
    }
  });
  server.on("upgrade", upgrade);
  await new Promise((listening) => server.listen(0, "localhost", listening));
  return {
    url: `http://localhost:${server.address().port}`,
    end: () => server.closeAllConnections(),
  };
}

async function tokenOf(userId) {
  const body = JSON.stringify({ user_id: userId });
  const response = await fetch(`${ternUrl}/demo/token`, { method: "POST", body });
  return (await response.json()).access_token;
}

function forward(asked, answer) {
  const { method, headers, url } = asked;
  const behind = request(new URL(url, ternUrl), { method, headers }, (told) => {
    answer.writeHead(told.statusCode, told.headers);
    told.pipe(answer);
  });
  asked.pipe(behind);
}

function upgrade(asked, socket, head) {
  const { hostname, port, host } = new URL(ternUrl);
  const behind = connect(Number(port || 80), hostname, () => {
    const headers = { ...asked.headers, host, origin: ternUrl };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    behind.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    behind.write(head);
    socket.pipe(behind).pipe(socket);
  });
  behind.on("error", () => socket.destroy());
  socket.on("error", () => behind.destroy());
}
