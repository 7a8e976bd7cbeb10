// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { render } from "preact";
import { App } from "./app/app.js";
import { demoServer } from "./ground/demoServer.js";
import "./styles/index.css";

const root = document.getElementById("app");
if (root !== null) {
  render(<App server={demoServer(location)} />, root);
}
